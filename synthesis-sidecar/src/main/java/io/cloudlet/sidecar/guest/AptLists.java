package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The machine's apt with package lists and a cache in a folder of their own: for apt, nothing is
 * installed there yet. Nothing of the machine changes, and no privileges are needed.
 *
 * @param folder where lists and packages are kept
 * @param options more of apt's options, NAME=VALUE
 */
public record AptLists(Path folder, List<String> options) {
  private static final Duration TRANSFER = Duration.ofMinutes(15);
  private static final Duration FRESH = Duration.ofHours(12);
  private static final Path ANYWHERE = Path.of("/");

  /** Apt's own user often cannot write where this user can. */
  static final String AS_THIS_USER = "APT::Sandbox::User=";

  /** The folder is made when the lists are fetched. */
  public AptLists {
    options = List.copyOf(options);
  }

  /** Where packages are kept. */
  public Path archives() {
    return folder.resolve("cache/archives");
  }

  /**
   * Fetches the lists, unless that was done a short while ago.
   *
   * @param about whose lists they are, for people
   */
  public void update(String about, BuildProgress progress) throws IOException {
    prepare();
    if (!isFresh()) {
      progress.step("fetching the package lists of " + about);
      run(List.of("-qq", "update"));
      Files.write(updated(), new byte[0]);
    }
  }

  /** Runs apt-get with these lists. */
  public String run(List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(commandLine());
    all.addAll(arguments);
    return HostProgram.find("apt-get", "apt", TRANSFER).run(ANYWHERE, all);
  }

  /** What any program of apt has to be told to use these lists. */
  List<String> commandLine() {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("-o", AS_THIS_USER));
    all.addAll(List.of("-o", "Dir::State=" + folder.resolve("state")));
    all.addAll(List.of("-o", "Dir::State::status=" + folder.resolve("status")));
    all.addAll(List.of("-o", "Dir::Cache=" + folder.resolve("cache")));
    options.forEach(option -> all.addAll(List.of("-o", option)));
    return all;
  }

  private void prepare() throws IOException {
    Folders.create(folder.resolve("state/lists/partial"));
    Folders.create(archives().resolve("partial"));
    Files.write(folder.resolve("status"), new byte[0]);
  }

  private boolean isFresh() throws IOException {
    return Files.exists(updated())
        && Files.getLastModifiedTime(updated()).toInstant().isAfter(Instant.now().minus(FRESH));
  }

  private Path updated() {
    return folder.resolve("updated");
  }
}
