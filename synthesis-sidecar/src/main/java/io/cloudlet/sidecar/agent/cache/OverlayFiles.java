package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.agent.http.Content;
import io.cloudlet.sidecar.agent.http.Contents;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The overlays of this machine, {@code overlays/ID.overlay}, found by root digest. Thread-safe. */
public final class OverlayFiles implements Contents {
  private static final Logger LOG = LoggerFactory.getLogger(OverlayFiles.class);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,62}");
  private static final String ENDING = ".overlay";

  private final Path folder;
  private final Map<String, Digest> roots = new ConcurrentHashMap<>();

  private OverlayFiles(Path folder) {
    this.folder = folder;
  }

  /** Looks at the end of each file; those that are no overlays are left alone. */
  public static OverlayFiles open(DataDirectory data) throws IOException {
    OverlayFiles files = new OverlayFiles(data.overlays());
    try (DirectoryStream<Path> found = Files.newDirectoryStream(data.overlays(), "*" + ENDING)) {
      for (Path file : found) {
        String name = file.getFileName().toString();
        if (!Partials.isPartial(file)) {
          files.admit(name.substring(0, name.length() - ENDING.length()));
        }
      }
    }
    return files;
  }

  private void admit(String id) throws IOException {
    try {
      add(id);
    } catch (CloudletException | IllegalArgumentException e) {
      LOG.warn("{} is not given away: {}", folder.resolve(id + ENDING), e.getMessage());
    }
  }

  /**
   * Where the overlay of an owner lies, or is to be captured to.
   *
   * @param id the owner's: letters, digits and inner hyphens
   * @throws IllegalArgumentException when it has other characters
   */
  public Path file(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("no name of an overlay's file: " + id);
    }
    return folder.resolve(id + ENDING);
  }

  /**
   * Takes note of a file that is complete.
   *
   * @return its root digest
   */
  public Digest add(String id) throws IOException {
    Digest root = OverlayReader.rootOf(file(id));
    roots.put(id, root);
    return root;
  }

  /** The root digest of an owner's overlay; empty when it has none here. */
  public Optional<Digest> root(String id) {
    return Optional.ofNullable(roots.get(id));
  }

  /** All owners that have an overlay here. */
  public Set<String> ids() {
    return Set.copyOf(roots.keySet());
  }

  /** All root digests, without repetitions. */
  public Set<String> digests() {
    Set<String> all = new TreeSet<>();
    roots.values().forEach(root -> all.add(root.toString()));
    return all;
  }

  /** Removes an owner's overlay; does nothing when there is none. */
  public void remove(String id) throws IOException {
    roots.remove(id);
    if (Files.deleteIfExists(file(id))) {
      Folders.force(folder);
    }
  }

  /** The file of an overlay, for whoever reads it on this machine. */
  public Optional<Path> path(Digest root) {
    return roots.entrySet().stream()
        .filter(entry -> entry.getValue().equals(root))
        .map(entry -> file(entry.getKey()))
        .filter(Files::exists)
        .findFirst();
  }

  @Override
  public Optional<Content> find(Digest root) {
    return path(root).map(file -> new Content(file, root));
  }
}
