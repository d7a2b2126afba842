package io.cloudlet.sidecar.agent.fact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudlet.sidecar.image.AtomicFile;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Durability;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Partials;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Facts about objects, one small JSON file each, by uid. A fact that {@link #put} has returned from
 * survives a power cut. Thread-safe for different uids.
 */
public final class FactFiles<T> {
  private static final String SUFFIX = ".json";
  private static final String UID = "[A-Za-z0-9-]{1,100}";
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Path folder;
  private final Class<T> type;

  private FactFiles(Path folder, Class<T> type) {
    this.folder = folder;
    this.type = type;
  }

  /**
   * Facts in a folder, which is made when it is missing and freed of what was left half written.
   */
  public static <T> FactFiles<T> in(Path folder, Class<T> type) throws IOException {
    Partials.clean(Folders.create(folder));
    return new FactFiles<>(folder, type);
  }

  /**
   * The fact about an object, if there is one.
   *
   * @throws CorruptException naming the file
   */
  public Optional<T> find(String uid) throws IOException {
    Path file = file(uid);
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new CorruptException(file.toString(), 0, e.getOriginalMessage());
    }
  }

  /** Notes a fact, in place of an older one. */
  public void put(String uid, T fact) throws IOException {
    try (AtomicFile file = AtomicFile.create(file(uid), Durability.DURABLE)) {
      ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(fact));
      while (bytes.hasRemaining()) {
        file.channel().write(bytes);
      }
      file.commit();
    }
  }

  /** Forgets a fact, if there is one. */
  public void remove(String uid) throws IOException {
    Files.deleteIfExists(file(uid));
  }

  /** The objects about which there are facts. */
  public List<String> uids() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .toList();
    }
  }

  private Path file(String uid) {
    if (!uid.matches(UID)) {
      throw new IllegalArgumentException("no uid: " + uid);
    }
    return folder.resolve(uid + SUFFIX);
  }
}
