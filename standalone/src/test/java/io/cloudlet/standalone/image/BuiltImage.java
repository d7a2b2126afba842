package io.cloudlet.standalone.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Images of the program that this build has packaged. */
final class BuiltImage {
  private static final Path BUILT = Path.of("target").toAbsolutePath();
  private static final String PROGRAM = "cloudlet-standalone-(.*)\\.jar";

  private BuiltImage() {}

  /** Makes an image in a folder; its archive. */
  static Path build(ImageKind kind, Path output) throws IOException {
    return ImageBuilder.of(BUILT, version(), System.getenv()).build(kind, output, _ -> {}).file();
  }

  /** Makes an image in a folder, and unpacks it there. */
  static UnpackedImage unpacked(ImageKind kind, Path output) throws IOException {
    Path folder = Files.createDirectory(output.resolve(kind.toString()));
    return UnpackedImage.unpack(build(kind, output), folder);
  }

  private static String version() throws IOException {
    try (Stream<Path> files = Files.list(BUILT)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches(PROGRAM))
          .map(name -> name.replaceAll(PROGRAM, "$1"))
          .findAny()
          .orElseThrow();
    }
  }
}
