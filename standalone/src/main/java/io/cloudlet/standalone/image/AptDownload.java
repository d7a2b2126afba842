package io.cloudlet.standalone.image;

import io.cloudlet.sidecar.guest.AptLists;
import io.cloudlet.sidecar.guest.BuildProgress;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.node.ResourceLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Packages by the machine's apt out of archives that are not the machine's, verified by the
 * signatures of these.
 *
 * @param mirror where they come from
 * @param folder where lists and packages of this mirror are kept; processes take turns in it
 */
record AptDownload(DebianMirror mirror, Path folder) implements PackageSource {
  private static final Duration TURN = Duration.ofMinutes(20);
  private static final Pattern FILE = Pattern.compile("'[^']+' (\\S+\\.deb) \\d+");

  @Override
  public List<Path> fetch(List<String> names, BuildProgress progress) throws IOException {
    try (ResourceLock _ =
        ResourceLock.await(folder, ".lock", "the cache " + folder, "images", TURN)) {
      Files.write(folder.resolve("sources.list"), mirror.sources());
      AptLists lists = new AptLists(folder, options(Architecture.ofThisMachine()));
      lists.update("Debian " + mirror.suite(), progress);
      return fetch(lists, names, progress);
    }
  }

  private List<Path> fetch(AptLists lists, List<String> names, BuildProgress progress)
      throws IOException {
    // Of an empty cache it lists every file; of the real one, only what is missing there.
    Path empty = folder.resolve("none");
    Files.createDirectories(empty.resolve("partial"));
    String told =
        install(lists, List.of("--print-uris", "-o", "Dir::Cache::archives=" + empty), names);
    List<Path> files =
        FILE.matcher(told)
            .results()
            .map(match -> lists.archives().resolve(match.group(1)))
            .sorted()
            .toList();
    if (!files.stream().allMatch(Files::exists)) {
      progress.step("fetching " + files.size() + " packages of Debian " + mirror.suite());
      install(lists, List.of("--download-only"), names);
    }
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

  private static String install(AptLists lists, List<String> how, List<String> names)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-qq", "--yes", "--no-install-recommends"));
    arguments.addAll(how);
    arguments.add("install");
    arguments.addAll(names);
    return lists.run(arguments);
  }

  private List<String> options(Architecture architecture) {
    return List.of(
        "Dir::Etc::sourcelist=" + folder.resolve("sources.list"),
        "Dir::Etc::sourceparts=/dev/null",
        "Dir::Etc::preferencesparts=/dev/null",
        "Acquire::Languages=none",
        // Otherwise apt takes lists that it could not fetch for a mere warning.
        "APT::Update::Error-Mode=any",
        "APT::Architecture=" + architecture.image());
  }
}
