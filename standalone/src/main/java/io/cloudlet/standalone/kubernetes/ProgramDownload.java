package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.node.ResourceLock;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Downloads released programs into a cache, where they appear when they are complete. The work is
 * another process's: that can be ended at any moment.
 *
 * @param cache where they are kept, in the layout of kube-api-test
 * @param downloader a command that gets a folder as its last argument, and leaves in it {@code
 *     k8s/VERSION-OS-ARCH} with the programs; says on standard error why it cannot
 */
record ProgramDownload(Path cache, List<String> downloader) {
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final Errand ERRAND = new Errand("downloading the programs", LONGEST);

  /** As kube-api-test does, from where it knows them to be. */
  static ProgramDownload into(Path cache) {
    return new ProgramDownload(
        cache,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-Dsun.net.client.defaultConnectTimeout=20000",
            "-Dsun.net.client.defaultReadTimeout=60000",
            "-cp",
            System.getProperty("java.class.path"),
            Downloader.class.getName()));
  }

  /**
   * Returns when the programs are in the cache; who comes second waits for the first.
   *
   * @throws CloudletException when they could not be downloaded; the message is the reason alone
   */
  Programs run() throws IOException {
    try (ResourceLock _ =
        ResourceLock.await(
            cache, ".download.lock", "the cache " + cache, "download of Kubernetes", LONGEST)) {
      Optional<Programs> others = programsIn(cache);
      if (others.isPresent()) {
        return others.get();
      }
      Partials.clean(cache);
      Path partial = Partials.siblingOf(cache.resolve("download"));
      try {
        download(Folders.create(partial));
        return keep(programsIn(partial).orElseThrow(() -> incomplete(partial)));
      } finally {
        Partials.deleteTree(partial);
      }
    }
  }

  private void download(Path folder) throws IOException {
    Stream<String> command = Stream.concat(downloader.stream(), Stream.of(folder.toString()));
    Errand.Outcome end =
        ERRAND.run(
            new ProcessBuilder(command.toList()).redirectOutput(Redirect.DISCARD), line -> {});
    if (end.code() != 0) {
      throw new CloudletException(end.lastWords());
    }
  }

  private Programs keep(Programs complete) throws IOException {
    for (String name : Programs.NAMES) {
      try (FileChannel file =
          FileChannel.open(complete.folder().resolve(name), StandardOpenOption.WRITE)) {
        file.force(true);
      }
    }
    Path target = cache.resolve("k8s").resolve(complete.folder().getFileName());
    Files.createDirectories(target.getParent());
    Partials.deleteTree(target);
    Files.move(complete.folder(), target, StandardCopyOption.ATOMIC_MOVE);
    return new Programs(target);
  }

  /** The programs of any version, where all of them are there. */
  private static Optional<Programs> programsIn(Path root) throws IOException {
    Path versions = root.resolve("k8s");
    if (!Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(versions)) {
      return folders.filter(Programs::areIn).findAny().map(Programs::new);
    }
  }

  private static CloudletException incomplete(Path folder) {
    return new CloudletException(
        "what was downloaded into "
            + folder
            + " lacks one of "
            + String.join(", ", Programs.NAMES));
  }
}
