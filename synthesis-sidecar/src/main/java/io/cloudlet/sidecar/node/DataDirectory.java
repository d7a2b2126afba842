package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.AtomicFile;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Durability;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.TooNewException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where this machine keeps base VMs, the VMs that it runs, and what it can make again.
 *
 * <pre>
 * layout            version of this layout
 * bases/            base VMs, each in a folder named by its digest
 * names/            names of base VMs
 * vms/NAME/         one VM: its record, its disk's changes, its sockets, its console's output
 * cache/ram/        memory images of overlays that were synthesised here
 * overlays/         overlays that were captured here, for others to fetch
 * packages/         packages of base VMs, for others to fetch
 * tmp/              work that is not finished
 * locks/            who is working on what
 * </pre>
 *
 * <p>Guest memory is private data: every folder has mode 0700.
 */
public final class DataDirectory {
  private static final int LAYOUT = 1;
  private static final Duration BRIEF = Duration.ofSeconds(30);

  private final Path root;
  private final String command;

  private DataDirectory(Path root, String command) {
    this.root = root;
    this.command = command;
  }

  /** Where the data lies when nobody says otherwise. */
  public static Path defaultRoot(Map<String, String> environment) {
    String said = environment.getOrDefault("CLOUDLET_DATA", "");
    if (!said.isBlank()) {
      return Path.of(said);
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    String share = environment.getOrDefault("XDG_DATA_HOME", "");
    return (share.isBlank() ? Path.of(home, ".local", "share") : Path.of(share))
        .resolve("cloudlet");
  }

  /**
   * Opens the directory and makes what is missing.
   *
   * @param command what this process does, for the messages that others get
   * @throws TooNewException when a newer version has made it
   */
  public static DataDirectory open(Path root, String command) throws IOException {
    DataDirectory directory =
        new DataDirectory(Folders.create(root.toAbsolutePath()).toRealPath(), command);
    directory.checkLayout();
    directory.makeFolders();
    return directory;
  }

  private void checkLayout() throws IOException {
    Path layout = root.resolve("layout");
    if (!Files.exists(layout)) {
      try (AtomicFile file = AtomicFile.create(layout, Durability.DURABLE)) {
        file.channel().write(StandardCharsets.US_ASCII.encode(LAYOUT + "\n"));
        file.commit();
      }
      return;
    }
    String text = Files.readString(layout).strip();
    if (!text.matches("[0-9]{1,9}")) {
      throw new CorruptException(layout.toString(), 0, "expected a number, found '" + text + "'");
    }
    int version = Integer.parseInt(text);
    if (version > LAYOUT) {
      throw new TooNewException(root.toString(), version, LAYOUT);
    }
  }

  private void makeFolders() throws IOException {
    for (Path folder : folders()) {
      Folders.create(folder);
    }
  }

  /** Every folder that may hold half-done work, but for the directory itself. */
  List<Path> folders() {
    return List.of(bases(), names(), vms(), ramCache(), overlays(), packages(), temporary());
  }

  /** The directory itself, absolute and free of links. */
  public Path root() {
    return root;
  }

  /** Base VMs by digest. */
  public Path bases() {
    return root.resolve("bases");
  }

  /** Names of base VMs. */
  public Path names() {
    return root.resolve("names");
  }

  /** VMs by name. */
  public Path vms() {
    return root.resolve("vms");
  }

  /** Memory images of synthesised overlays. */
  public Path ramCache() {
    return root.resolve("cache").resolve("ram");
  }

  /** Overlays of this machine's VMs. */
  public Path overlays() {
    return root.resolve("overlays");
  }

  /** Packages of base VMs. */
  public Path packages() {
    return root.resolve("packages");
  }

  /** Unfinished work under names of {@link Partials}. */
  public Path temporary() {
    return root.resolve("tmp");
  }

  /**
   * Takes the right to change a VM.
   *
   * @throws BusyException naming who has it
   */
  public ResourceLock lockVm(VmName name) throws IOException {
    return ResourceLock.acquire(locks(), "vm-" + name, "VM " + name, command);
  }

  /**
   * Takes the right to add a user of a base VM or to remove a base VM. Both take moments, so this
   * waits for others.
   */
  public ResourceLock lockBases() throws IOException {
    return ResourceLock.await(locks(), "bases", "the set of base VMs", command, BRIEF);
  }

  private Path locks() {
    return root.resolve("locks");
  }
}
