package io.cloudlet.standalone.image;

import java.nio.file.Path;

/** What lies under one path of a layer. Owners are always 0:0. */
sealed interface LayerEntry {
  /** A folder; the mode has the twelve bits of POSIX. */
  record Folder(int mode) implements LayerEntry {}

  /** A symbolic link. */
  record Link(String target) implements LayerEntry {}

  /** Content of a file of this machine, read when the layer is written. */
  record Copied(Path file, int mode) implements LayerEntry {}

  /** Content at hand; the array is not to be changed. */
  record Text(String content, int mode) implements LayerEntry {}
}
