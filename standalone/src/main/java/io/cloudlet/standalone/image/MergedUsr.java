package io.cloudlet.standalone.image;

import java.util.List;

/**
 * Debian's root, where {@code /lib} and its like are links into {@code /usr}.
 *
 * <p>Packages of older releases still carry files under the links' names; they belong behind them.
 */
final class MergedUsr {
  private static final List<String> LINKS =
      List.of("bin", "lib", "lib32", "lib64", "libx32", "sbin");

  private MergedUsr() {}

  /** Whether a path is one of the links, or the folder that an old package has in its place. */
  static boolean isLink(String path) {
    return LINKS.contains(path);
  }

  /** Where a file of this path really lies. */
  static String of(String path) {
    int slash = path.indexOf('/');
    return slash > 0 && LINKS.contains(path.substring(0, slash)) ? "usr/" + path : path;
  }

  /** The links themselves, and what they lead to. */
  static void putInto(Layer layer) {
    for (String link : List.of("bin", "lib", "lib64", "sbin")) {
      layer.put(link, new LayerEntry.Link("usr/" + link));
      layer.put("usr/" + link, new LayerEntry.Folder(0755));
    }
  }
}
