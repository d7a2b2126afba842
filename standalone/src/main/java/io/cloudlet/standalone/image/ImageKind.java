package io.cloudlet.standalone.image;

import java.util.Locale;

/** The images that Cloudlet has. */
public enum ImageKind {
  /** Works on the resources of a cluster. */
  OPERATOR,
  /** Works on a node, with QEMU; VMs in pods run by it as well. */
  AGENT;

  ImageSpec spec() {
    return switch (this) {
      case OPERATOR -> ImageSpec.operator();
      case AGENT -> ImageSpec.agent();
    };
  }

  /** As users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
