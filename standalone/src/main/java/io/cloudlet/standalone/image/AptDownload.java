package io.cloudlet.standalone.image;

import io.cloudlet.sidecar.guest.BuildProgress;
import io.cloudlet.sidecar.guest.HostProgram;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Packages by the machine's apt, with lists and a cache in a folder of their own: for apt, nothing
 * is installed there yet. Verified by the signatures of the archive; nothing of the machine
 * changes.
 *
 * @param mirror where they come from
 * @param folder where lists and packages are kept
 */
record AptDownload(DebianMirror mirror, Path folder) implements PackageSource {
  private static final Duration TRANSFER = Duration.ofMinutes(15);
  private static final Duration FRESH = Duration.ofHours(12);
  private static final Path ANYWHERE = Path.of("/");
  private static final Pattern FILE = Pattern.compile("'[^']+' (\\S+\\.deb) \\d+");

  @Override
  public List<Path> fetch(List<String> names, BuildProgress progress) throws IOException {
    for (String part : List.of("lists/partial", "archives/partial", "none/partial")) {
      Folders.create(folder.resolve(part));
    }
    Files.write(folder.resolve("status"), new byte[0]);
    Files.write(folder.resolve("sources.list"), mirror.sources());
    update(progress);
    // Of an empty cache it lists every file; of the real one, only what is missing there.
    List<Path> files =
        FILE.matcher(install("none", List.of("--print-uris"), names))
            .results()
            .map(match -> folder.resolve("archives").resolve(match.group(1)))
            .sorted()
            .toList();
    if (!files.stream().allMatch(Files::exists)) {
      progress.step("fetching " + files.size() + " packages of Debian " + mirror.suite());
    }
    install("archives", List.of("--download-only"), names);
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw new CloudletException(
            "apt-get has not fetched "
                + file.getFileName()
                + "; remove "
                + folder
                + " and try again");
      }
    }
    return files;
  }

  private void update(BuildProgress progress) throws IOException {
    Path updated = folder.resolve("updated");
    if (Files.exists(updated)
        && Files.getLastModifiedTime(updated).toInstant().isAfter(Instant.now().minus(FRESH))) {
      return;
    }
    progress.step("fetching the package lists of Debian " + mirror.suite());
    // Without this option it takes lists that it could not fetch for a mere warning.
    run("none", List.of("-o", "APT::Update::Error-Mode=any", "-qq", "update"));
    Files.write(updated, new byte[0]);
  }

  private String install(String archives, List<String> how, List<String> names) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-qq", "--yes", "--no-install-recommends"));
    arguments.addAll(how);
    arguments.add("install");
    arguments.addAll(names);
    return run(archives, arguments);
  }

  private String run(String archives, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>();
    for (String option :
        List.of(
            "Dir::State=" + folder,
            "Dir::State::status=" + folder.resolve("status"),
            "Dir::Cache=" + folder,
            "Dir::Cache::archives=" + folder.resolve(archives),
            "Dir::Etc::sourcelist=" + folder.resolve("sources.list"),
            "Dir::Etc::sourceparts=/dev/null",
            "Dir::Etc::preferencesparts=/dev/null",
            "Acquire::Languages=none",
            // Apt's own user often cannot write where this user can.
            "APT::Sandbox::User=",
            "APT::Architecture=" + Architecture.ofThisMachine().image())) {
      all.addAll(List.of("-o", option));
    }
    all.addAll(arguments);
    return HostProgram.find("apt-get", "apt", TRANSFER).run(ANYWHERE, all);
  }
}
