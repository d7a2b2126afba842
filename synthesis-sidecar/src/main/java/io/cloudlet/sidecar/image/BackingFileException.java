package io.cloudlet.sidecar.image;

/** The backing file that a VM's qcow2 file names is none that may lie below it. */
public final class BackingFileException extends CloudletException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String backing;

  /**
   * Names the file and what it says.
   *
   * @param backing the name in the header, maybe of a stranger's making
   * @param reason what is wrong with it, as it follows the name
   */
  public BackingFileException(String file, String backing, String reason) {
    super(
        file
            + ": its backing file '"
            + printable(backing)
            + "' "
            + reason
            + "; a VM's disk lies over layers of its own folder, and the last one over the disk of"
            + " its base VM");
    this.file = file;
    this.backing = backing;
  }

  /** The qcow2 file. */
  public String file() {
    return file;
  }

  /** The name in its header. */
  public String backing() {
    return backing;
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
