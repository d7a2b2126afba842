package io.cloudlet.sidecar.agent.problem;

import io.cloudlet.sidecar.agent.cache.NoRoomException;
import io.cloudlet.sidecar.agent.cache.TransferFailedException;
import io.cloudlet.sidecar.base.BaseInUseException;
import io.cloudlet.sidecar.base.NoSuchBaseException;
import io.cloudlet.sidecar.image.BackingFileException;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.TooNewException;
import io.cloudlet.sidecar.image.UnsupportedQcow2Exception;
import io.cloudlet.sidecar.image.UnwritableException;
import io.cloudlet.sidecar.node.BusyException;
import io.cloudlet.sidecar.node.NoDiskException;
import io.cloudlet.sidecar.node.WrongDigestException;
import io.cloudlet.sidecar.qemu.MigrationException;
import io.cloudlet.sidecar.qemu.QemuGoneException;
import io.cloudlet.sidecar.qemu.QemuStartException;
import io.cloudlet.sidecar.qemu.QemuTimeoutException;
import io.cloudlet.sidecar.qemu.QmpException;
import io.cloudlet.sidecar.qemu.UnsupportedStreamException;
import io.cloudlet.sidecar.store.FetchBusyException;
import io.cloudlet.sidecar.store.RemoteFileException;
import io.cloudlet.sidecar.synthesis.OtherBaseException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.stream.Stream;

/** Finds reason, words and hope for what the engine throws. */
public final class Problems {
  private static final String NO_SPACE = "No space left on device";

  private Problems() {}

  /** The problem behind an exception. */
  public static Problem of(Throwable thrown) {
    return switch (thrown) {
      case ProblemException e -> e.problem();
      case RemoteFileException e -> remote(e);
      case WrongDigestException e -> Problem.lasting("DigestMismatch", say(e));
      case FetchBusyException e -> Problem.passing("Busy", say(e));
      case CorruptException e ->
          Problem.lasting("Corrupt", say(e) + "; make it or fetch it again, from another place");
      case TooNewException e -> Problem.lasting("TooNew", say(e));
      case OtherBaseException e -> Problem.lasting("OtherBase", say(e));
      case UnsupportedQcow2Exception e -> Problem.lasting("UnsupportedImage", say(e));
      case NoDiskException e -> Problem.lasting("UnsupportedImage", say(e));
      case BackingFileException e -> Problem.lasting("UnsupportedImage", say(e));
      case NoSuchBaseException e -> Problem.passing("BaseNotHere", say(e));
      case BaseInUseException e -> Problem.passing("InUse", say(e));
      case NoRoomException e -> Problem.passing("NoRoom", say(e));
      case TransferFailedException e -> transfer(e);
      case BusyException e -> Problem.passing("Busy", say(e));
      case UnwritableException e -> room(say(e));
      case QemuStartException e -> Problem.passing("QemuFailed", say(e));
      case QemuGoneException e -> Problem.passing("QemuFailed", say(e));
      case QemuTimeoutException e -> Problem.passing("QemuFailed", say(e));
      case QmpException e -> Problem.passing("QemuFailed", say(e));
      case MigrationException e -> Problem.passing("StateRefused", say(e));
      case UnsupportedStreamException e -> Problem.lasting("UnsupportedState", say(e));
      case CloudletException e -> Problem.passing("Failed", say(e));
      case FileSystemException e -> file(e);
      case IOException e ->
          said(e).contains(NO_SPACE) ? noRoom() : Problem.passing("IoError", say(e));
      case IllegalArgumentException e -> Problem.lasting("Invalid", say(e));
      case OutOfMemoryError _ ->
          Problem.passing("OutOfMemory", "the agent has not enough memory; give it more");
      default ->
          Problem.lasting(
              "InternalError", "a fault of the agent: " + thrown + "; see its log, and report it");
    };
  }

  private static Problem remote(RemoteFileException e) {
    String message = say(e);
    return switch (e.reason()) {
      case UNREACHABLE -> Problem.passing("Unreachable", message);
      case REFUSED -> Problem.passing("Refused", message);
      case CHANGED -> Problem.passing("Changed", message);
      case MISBEHAVING -> Problem.passing("ServerMisbehaves", message);
      case STALLED -> Problem.passing("Stalled", message);
      case REDIRECTED -> Problem.lasting("Redirected", message);
    };
  }

  private static Problem transfer(TransferFailedException e) {
    // A server that says no today may have the file tomorrow, so there is always another try.
    if (Stream.of(e.getSuppressed()).anyMatch(CorruptException.class::isInstance)) {
      return Problem.passing("Corrupt", say(e) + "; correct the file, or name another place");
    }
    return Problem.passing(e.isRetryable() ? "Unreachable" : "Refused", say(e));
  }

  private static Problem file(FileSystemException e) {
    return said(e).contains(NO_SPACE) ? noRoom() : Problem.passing("IoError", say(e));
  }

  private static Problem room(String message) {
    return message.contains(NO_SPACE) ? noRoom() : Problem.passing("IoError", message);
  }

  private static Problem noRoom() {
    return Problem.passing(
        "NoRoom",
        "the disk of the node is full; remove what nobody needs there, or choose another node");
  }

  private static String said(Throwable thrown) {
    return String.valueOf(thrown.getMessage());
  }

  private static String say(Throwable thrown) {
    return ApiWords.of(thrown.getMessage() == null ? thrown.toString() : said(thrown));
  }
}
