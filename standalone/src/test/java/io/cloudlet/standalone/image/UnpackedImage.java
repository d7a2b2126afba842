package io.cloudlet.standalone.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudlet.sidecar.guest.HostProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * An image as a container runtime lays it out.
 *
 * @param root folder with the files of all layers
 * @param configuration what it says of itself
 */
record UnpackedImage(Path root, JsonNode configuration) {
  private static final Duration UNPACKING = Duration.ofMinutes(2);

  /** Unpacks an archive into an empty folder; fails where a digest is not that of its content. */
  static UnpackedImage unpack(Path archive, Path folder) throws IOException {
    HostProgram tar = HostProgram.find("tar", "tar", UNPACKING);
    Path parts = Files.createDirectory(folder.resolve("parts"));
    Path root = Files.createDirectory(folder.resolve("root"));
    tar.run(parts, List.of("--extract", "--file", archive.toString()));
    ObjectMapper json = new ObjectMapper();
    JsonNode image = json.readTree(parts.resolve("manifest.json").toFile()).get(0);
    Path file = parts.resolve(image.get("Config").asText());
    expect(file.getFileName().toString(), Sha256.of(file) + ".json");
    JsonNode configuration = json.readTree(file.toFile());
    for (int i = 0; i < image.get("Layers").size(); i++) {
      Path layer = parts.resolve(image.get("Layers").get(i).asText());
      expect(configuration.at("/rootfs/diff_ids/" + i).asText(), "sha256:" + Sha256.of(layer));
      tar.run(root, List.of("--extract", "--same-permissions", "--file", layer.toString()));
      Files.delete(layer);
    }
    return new UnpackedImage(root, configuration);
  }

  private static void expect(String said, String actual) throws IOException {
    if (!said.equals(actual)) {
      throw new IOException("the image says " + said + ", but it is " + actual);
    }
  }

  /** The program that it starts with, and its first arguments. */
  List<String> entryPoint() {
    return configuration.at("/config/Entrypoint").valueStream().map(JsonNode::asText).toList();
  }

  /** The number of its user, which is that of its group as well. */
  int user() {
    return Integer.parseInt(configuration.at("/config/User").asText().split(":", -1)[0]);
  }
}
