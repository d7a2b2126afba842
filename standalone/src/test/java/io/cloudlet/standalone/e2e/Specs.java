package io.cloudlet.standalone.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What people write into resources. */
final class Specs {
  /** A digest that nothing has. */
  static final String WRONG = "sha256:" + "0".repeat(64);

  private Specs() {}

  static String yaml(String name, String spec) {
    return "metadata:\n  name: " + name + "\nspec:\n  " + spec + "\n";
  }

  /** A base VM of a disk that stands still. */
  static String image(String url, String digest) {
    return """
    readiness:
        delay: 1s
      source:
        image:
          url: %s
          digest: %s
      machine:
        memory: 64Mi\
    """
        .formatted(url, digest);
  }

  /** A base VM of a package. */
  static String exported(String url, String digest) {
    return "source:\n    package: {url: \"" + url + "\", digest: \"" + digest + "\"}";
  }

  /** An overlay that lies elsewhere. */
  static String at(String url, String digest) {
    return "url: " + url + "\n  digest: " + digest;
  }

  static String digest(Path file) {
    try {
      return Web.digest(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
