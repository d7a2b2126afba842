package io.cloudlet.standalone.image;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudlet.sidecar.image.Partials;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A file that containerd, podman and docker load: {@code manifest.json}, the configuration under
 * its digest, and the layers, as {@code docker save} writes them.
 */
final class DockerArchive {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DockerArchive() {}

  /**
   * Writes the file, which has its name only when it is complete.
   *
   * @param reference name and tag, such as {@code cloudlet/operator:1.0.0}
   * @param configuration of the image, in JSON
   */
  static void write(
      String reference, byte[] configuration, List<LayerTar> layers, Instant time, Path target)
      throws IOException {
    Path partial = Partials.siblingOf(target);
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial), 1 << 20);
          TarArchiveOutputStream tar = LayerTar.open(out)) {
        String config = Sha256.of(configuration) + ".json";
        put(tar, "manifest.json", manifest(reference, config, layers), time);
        put(tar, config, configuration, time);
        for (LayerTar layer : layers) {
          TarArchiveEntry header =
              LayerTar.header(nameOf(layer), TarConstants.LF_NORMAL, 0644, time);
          header.setSize(Files.size(layer.file()));
          tar.putArchiveEntry(header);
          Files.copy(layer.file(), tar);
          tar.closeArchiveEntry();
        }
      }
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static byte[] manifest(String reference, String config, List<LayerTar> layers)
      throws IOException {
    Map<String, Object> image = new LinkedHashMap<>();
    image.put("Config", config);
    image.put("RepoTags", List.of(reference));
    image.put("Layers", layers.stream().map(DockerArchive::nameOf).toList());
    return JSON.writeValueAsBytes(List.of(image));
  }

  private static String nameOf(LayerTar layer) {
    return layer.digest() + ".tar";
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] content, Instant time)
      throws IOException {
    TarArchiveEntry header = LayerTar.header(name, TarConstants.LF_NORMAL, 0644, time);
    header.setSize(content.length);
    tar.putArchiveEntry(header);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /** The configuration of an image: how it runs, its labels, and its layers by digest. */
  static byte[] configuration(
      ImageSpec spec, Provenance provenance, List<String> layerNames, List<LayerTar> layers)
      throws IOException {
    Map<String, Object> runs = new LinkedHashMap<>();
    runs.put("User", spec.user());
    runs.put("Env", spec.environment());
    runs.put("Entrypoint", spec.entryPoint());
    runs.put("WorkingDir", "/");
    runs.put("Labels", spec.labels(provenance));
    Map<String, Object> files = new LinkedHashMap<>();
    files.put("type", "layers");
    files.put("diff_ids", layers.stream().map(layer -> "sha256:" + layer.digest()).toList());
    List<Map<String, Object>> history = new ArrayList<>();
    for (String name : layerNames) {
      Map<String, Object> step = new LinkedHashMap<>();
      step.put("created", provenance.time().toString());
      step.put("created_by", "cloudlet images: " + name);
      history.add(step);
    }
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("created", provenance.time().toString());
    configuration.put("architecture", Architecture.ofThisMachine().image());
    configuration.put("os", "linux");
    configuration.put("config", runs);
    configuration.put("rootfs", files);
    configuration.put("history", history);
    return JSON.writeValueAsBytes(configuration);
  }
}
