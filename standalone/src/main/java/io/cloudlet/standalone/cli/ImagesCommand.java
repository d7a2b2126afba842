package io.cloudlet.standalone.cli;

import io.cloudlet.sidecar.cli.CommandContext;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.standalone.image.ImageBuilder;
import io.cloudlet.standalone.image.ImageFile;
import io.cloudlet.standalone.image.ImageKind;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code images}. */
@Command(
    name = "images",
    description =
        "Writes the container images of operator and agent as files that containerd, podman and"
            + " docker load, with a bill of materials beside each. Needs no container runtime and"
            + " no registry; Debian packages come by this machine's apt and are kept.")
final class ImagesCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Where they go; otherwise images/ in the folder of the build.")
  private @Nullable Path to;

  @Option(
      names = "--only",
      paramLabel = "operator|agent",
      description = "This one alone. May be given twice.")
  private List<ImageKind> only = List.of(ImageKind.values());

  ImagesCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Path built = folderOfTheBuild();
    String version = Main.class.getPackage().getImplementationVersion();
    if (version == null) {
      throw new CloudletException("the program is not packaged; run it by the script ./cloudlet");
    }
    Path folder = to == null ? built.resolve("images") : to.toAbsolutePath();
    ImageBuilder builder = ImageBuilder.of(built, version, context.environment());
    List<ImageFile> images = new ArrayList<>();
    for (ImageKind kind : only.stream().distinct().toList()) {
      images.add(builder.build(kind, folder, context::say));
    }
    context.result(
        images, images.stream().map(ImagesCommand::text).collect(Collectors.joining("\n")));
    return 0;
  }

  private static String text(ImageFile image) {
    return String.format(
        Locale.ROOT,
        "%s  %s, %d MB, %d Debian packages%s",
        image.reference(),
        image.file(),
        image.bytes() / 1_000_000,
        image.packages(),
        image.qemu().isEmpty() ? "" : ", QEMU " + image.qemu());
  }

  private static Path folderOfTheBuild() throws IOException {
    try {
      Path program =
          Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return program.resolveSibling("").toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new IOException("the program's jar has no path", e);
    }
  }
}
