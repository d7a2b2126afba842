package io.cloudlet.standalone.image;

import io.cloudlet.sidecar.guest.BuildProgress;
import io.cloudlet.sidecar.guest.HostProgramException;
import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Packages of the release of Debian with a recent QEMU, else of this machine's own release.
 *
 * @param cache where packages are kept
 * @param environment of the process
 */
record DebianSource(Path cache, Map<String, String> environment) implements PackageSource {
  private static final Path RELEASE = Path.of("/etc/os-release");

  @Override
  public List<Path> fetch(List<String> names, BuildProgress progress) throws IOException {
    try {
      return of(DebianMirror.PREFERRED).fetch(names, progress);
    } catch (HostProgramException e) {
      String own = ownSuite();
      if (own.equals(DebianMirror.PREFERRED)) {
        throw e;
      }
      progress.step(
          "taking packages of Debian "
              + own
              + ", for this machine's mirror does not serve "
              + DebianMirror.PREFERRED);
      try {
        return of(own).fetch(names, progress);
      } catch (IOException second) {
        second.addSuppressed(e);
        throw second;
      }
    }
  }

  private AptDownload of(String suite) throws IOException {
    DebianMirror mirror = DebianMirror.of(suite, environment);
    return new AptDownload(mirror, cache.resolve("debian-" + suite + "-" + mirror.id()));
  }

  private static String ownSuite() throws IOException {
    String key = "VERSION_CODENAME=";
    return Files.readAllLines(RELEASE).stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()))
        .findFirst()
        .orElseThrow(() ->
            new CloudletException(
                RELEASE + " names no VERSION_CODENAME; make images on a release of Debian"));
  }
}
