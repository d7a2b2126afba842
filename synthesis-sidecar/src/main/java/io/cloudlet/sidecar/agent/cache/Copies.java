package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import java.io.IOException;

/**
 * The base VMs that an agent has brought to its node or made there. What people have put into the
 * same data directory by hand is not among them, and not the agent's to remove. Thread-safe for
 * different base VMs.
 */
public final class Copies {
  /** What a note holds. */
  private record Note(String digest) {}

  private final FactFiles<Note> notes;

  private Copies(FactFiles<Note> notes) {
    this.notes = notes;
  }

  /** Those of a data directory, without those that are gone. */
  public static Copies open(DataDirectory data) throws IOException {
    Copies copies =
        new Copies(FactFiles.in(data.root().resolve("agent").resolve("copies"), Note.class));
    BaseStore store = BaseStore.at(data.bases());
    for (String hex : copies.notes.uids()) {
      if (store.find(new Digest(hex)).isEmpty()) {
        copies.notes.remove(hex);
      }
    }
    return copies;
  }

  /** Takes note of one, before it appears. */
  public void note(Digest base) throws IOException {
    notes.put(base.hex(), new Note(base.toString()));
  }

  /** Whether the agent has brought or made it. */
  public boolean contains(Digest base) throws IOException {
    return notes.find(base.hex()).isPresent();
  }

  /** Forgets one that is gone. */
  void forget(Digest base) throws IOException {
    notes.remove(base.hex());
  }
}
