package io.cloudlet.sidecar.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.cloudlet.sidecar.base.NoSuchBaseException;
import io.cloudlet.sidecar.delta.CancelledException;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.TooNewException;
import io.cloudlet.sidecar.node.BusyException;
import io.cloudlet.sidecar.node.NotFoundException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

/**
 * One error as the command line shows it.
 *
 * @param code how the process ends
 * @param sentence what is wrong, where, and what to do
 */
record Failure(ExitCode code, String sentence) {
  /** Finds the words and the code for an exception. */
  static Failure of(Throwable thrown) {
    return switch (thrown) {
      case BusyException e -> new Failure(ExitCode.BUSY, message(e));
      case NotFoundException e -> new Failure(ExitCode.NOT_FOUND, message(e));
      case NoSuchBaseException e -> new Failure(ExitCode.NOT_FOUND, message(e));
      case CancelledException e -> new Failure(ExitCode.INTERRUPTED, message(e));
      case CorruptException e -> new Failure(ExitCode.CORRUPT, message(e) + advice(e));
      case TooNewException e -> new Failure(ExitCode.CORRUPT, message(e));
      case InterruptedException _, InterruptedIOException _, ClosedByInterruptException _ ->
          new Failure(ExitCode.INTERRUPTED, "interrupted");
      case CancellationException _ -> new Failure(ExitCode.INTERRUPTED, "interrupted");
      case CloudletException e when e.getCause() instanceof NoSuchFileException ->
          new Failure(ExitCode.NOT_FOUND, message(e));
      case CloudletException e -> new Failure(ExitCode.FAILED, message(e));
      case JsonProcessingException e -> new Failure(ExitCode.CORRUPT, e.getOriginalMessage());
      case FileSystemException e -> ofFile(e);
      case IOException e -> new Failure(ExitCode.FAILED, ofInput(e));
      case IllegalArgumentException e -> new Failure(ExitCode.USAGE, message(e));
      case KubernetesClientException e when isInterruption(e) ->
          new Failure(ExitCode.INTERRUPTED, "interrupted");
      case KubernetesClientException e ->
          new Failure(ExitCode.FAILED, "the API server: " + innermost(e));
      case OutOfMemoryError _ ->
          new Failure(ExitCode.FAILED, "not enough memory; end other programs, or try again");
      case ExceptionInInitializerError e when cannotUnpack(e) ->
          new Failure(
              ExitCode.FAILED,
              message(e)
                  + "; make room in "
                  + System.getProperty("java.io.tmpdir")
                  + ", where a library is unpacked");
      default -> unwrap(thrown);
    };
  }

  private static Failure unwrap(Throwable thrown) {
    if (thrown.getCause() != null
        && (thrown instanceof ExecutionException
            || thrown instanceof java.io.UncheckedIOException)) {
      return of(thrown.getCause());
    }
    return new Failure(
        ExitCode.FAILED,
        "a fault of this program: " + thrown + "; run it again with --debug and report the output");
  }

  private static boolean isInterruption(Throwable thrown) {
    Throwable cause = thrown;
    while (cause != null && !(cause instanceof InterruptedException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  /** The client's own words say only that there was an error. */
  static String innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return message(cause);
  }

  /** Said by zstd-jni of its native part. */
  private static boolean cannotUnpack(Throwable thrown) {
    return message(thrown).startsWith("Cannot unpack");
  }

  private static Failure ofFile(FileSystemException e) {
    return switch (e) {
      case NoSuchFileException _ ->
          new Failure(ExitCode.NOT_FOUND, "there is no file " + e.getFile() + "; check the path");
      case AccessDeniedException _ ->
          new Failure(
              ExitCode.FAILED,
              "no permission for " + e.getFile() + "; run as its owner, or chmod it");
      case FileAlreadyExistsException _ ->
          new Failure(
              ExitCode.FAILED, e.getFile() + " exists already; choose another name, or remove it");
      default -> new Failure(ExitCode.FAILED, e.getFile() + ": " + ofInput(e));
    };
  }

  private static String ofInput(IOException e) {
    String message = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    if (message == null) {
      return e.toString();
    }
    if (message.contains("No space left on device")) {
      return "the disk is full; make room, or choose another place with --data or -o";
    }
    return message.contains("File too large")
        ? "a file may not grow so long; see 'ulimit -f' and what the file system allows"
        : message;
  }

  /** Nobody repairs a file: what differs is only where a sound one comes from. */
  private static String advice(CorruptException e) {
    if (message(e).contains("; ")) {
      return "";
    }
    return e.source().contains("/bases/")
        ? "; remove this base VM with 'base rm', and 'base import' it again"
        : "; fetch it again from where it came";
  }

  private static String message(Throwable thrown) {
    return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
  }
}
