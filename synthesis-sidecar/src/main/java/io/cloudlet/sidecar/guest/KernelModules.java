package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The modules of an unpacked kernel package, and what each needs loaded before it.
 *
 * <p>Dependencies come from the {@code depends=} entry that every module carries in its {@code
 * .modinfo} section (strings that end with NUL), so depmod is not needed.
 */
final class KernelModules {
  private static final byte[] DEPENDS = "\0depends=".getBytes(StandardCharsets.US_ASCII);
  private static final Duration UNPACKING = Duration.ofSeconds(30);

  /** Files by module name; in names {@code -} and {@code _} are the same. */
  private final Map<String, Path> files = new HashMap<>();

  private final Set<String> builtIn = new HashSet<>();
  private final Path folder;

  private KernelModules(Path folder) {
    this.folder = folder;
  }

  /** Reads {@code lib/modules/VERSION}. */
  static KernelModules in(Path folder) throws IOException {
    KernelModules modules = new KernelModules(folder);
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches(".*\\.ko(\\.xz)?"))
          .forEach(file -> modules.files.put(nameOf(file), file));
    }
    for (String line : Files.readAllLines(folder.resolve("modules.builtin"))) {
      modules.builtIn.add(nameOf(Path.of(line)));
    }
    return modules;
  }

  /** A module in a file as the kernel loads it. */
  record Module(String name, Path file) {}

  /**
   * The named modules and all that they need, in an order in which they can be loaded. What is part
   * of the kernel itself is left out.
   */
  List<Module> inLoadOrder(List<String> names) throws CloudletException, IOException {
    List<Module> ordered = new ArrayList<>();
    Set<String> visited = new HashSet<>();
    for (String name : names) {
      visit(canonical(name), visited, ordered);
    }
    return ordered;
  }

  private void visit(String name, Set<String> visited, List<Module> ordered)
      throws CloudletException, IOException {
    if (builtIn.contains(name) || !visited.add(name)) {
      return;
    }
    Path file = files.get(name);
    if (file == null) {
      throw new CloudletException(
          "the kernel in " + folder + " has no module " + name + "; use a Debian cloud kernel");
    }
    Path loadable = uncompressed(file);
    for (String needed : dependencies(loadable)) {
      visit(canonical(needed), visited, ordered);
    }
    ordered.add(new Module(name, loadable));
  }

  private static List<String> dependencies(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    int entry = indexOf(content, DEPENDS);
    if (entry < 0) {
      throw new CorruptException(file.toString(), 0, "a module without a list of dependencies");
    }
    int start = entry + DEPENDS.length;
    int end = start;
    while (end < content.length && content[end] != 0) {
      end++;
    }
    String list = new String(content, start, end - start, StandardCharsets.US_ASCII);
    return Arrays.stream(list.split(",")).filter(name -> !name.isEmpty()).toList();
  }

  /** Newer Debian kernels carry compressed modules, which not every loader understands. */
  private Path uncompressed(Path file) throws CloudletException, IOException {
    if (!file.toString().endsWith(".xz")) {
      return file;
    }
    HostProgram.find("xz", "xz-utils", UNPACKING)
        .run(folder, List.of("--decompress", "--force", file.toString()));
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - 3));
  }

  private static int indexOf(byte[] content, byte[] wanted) {
    for (int at = 0; at <= content.length - wanted.length; at++) {
      if (content[at] == 0
          && Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  private static String nameOf(Path file) {
    String name = file.getFileName().toString();
    return canonical(name.substring(0, name.indexOf(".ko")));
  }

  private static String canonical(String name) {
    return name.replace('-', '_');
  }
}
