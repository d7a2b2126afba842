package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.node.DataDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The base VMs that an agent has brought to its node or made there, each an empty file {@code
 * agent/copies/HEX}. What people have put into the same data directory by hand is not among them,
 * and not the agent's to remove. Thread-safe.
 */
public final class Copies {
  private final Path folder;

  private Copies(Path folder) {
    this.folder = folder;
  }

  /** Those of a data directory, without those that are gone. */
  public static Copies open(DataDirectory data) throws IOException {
    Path folder = Folders.create(data.root().resolve("agent").resolve("copies"));
    BaseStore store = BaseStore.at(data.bases());
    try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder, "[0-9a-f]*")) {
      for (Path note : notes) {
        if (store.find(new Digest(note.getFileName().toString())).isEmpty()) {
          Files.deleteIfExists(note);
        }
      }
    }
    return new Copies(folder);
  }

  /** Takes note of one, before it appears. */
  public void note(Digest base) throws IOException {
    try {
      Files.createFile(note(base.hex()));
      Folders.force(folder);
    } catch (FileAlreadyExistsException e) {
      // Known already.
    }
  }

  /** Whether the agent has brought or made it. */
  public boolean contains(Digest base) {
    return Files.exists(note(base.hex()));
  }

  /** Forgets one that is gone. */
  void forget(Digest base) throws IOException {
    Files.deleteIfExists(note(base.hex()));
  }

  private Path note(String hex) {
    return folder.resolve(hex);
  }
}
