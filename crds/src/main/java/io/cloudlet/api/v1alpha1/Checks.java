package io.cloudlet.api.v1alpha1;

/** Rules that several fields share, in CEL, with what they say to the one who breaks them. */
final class Checks {
  /** Characters of a name that ends up in labels and in names of other objects. */
  static final int NAME = 63;

  /** Longer than a digest, so that a long one is refused by the rule, which says what is wrong. */
  static final int DIGEST_LENGTH = 128;

  static final int URL_LENGTH = 2048;
  static final int MESSAGE_LENGTH = 32768;
  static final int MAX_PORT = 65535;
  static final int MAX_PORTS = 32;

  static final String DIGEST = "self.matches('^sha256:[0-9a-f]{64}$')";
  static final String DIGEST_MESSAGE = "has to be 'sha256:' and 64 lower-case hexadecimal digits";

  static final String URL = "self.matches('^https?://[^/?# ]+([/?#][^ ]*)?$')";
  static final String URL_MESSAGE =
      "has to be a URL of http or https, such as https://example.org/file";

  static final String DURATION =
      "self.matches('^([0-9]{1,5}(ms|s|m|h)){1,4}$') && duration(self) > duration('0s')"
          + " && duration(self) <= duration('24h')";
  static final String DURATION_MESSAGE = "has to be a time of up to 24h, such as 90s or 10m";

  static final String OBJECT_NAME = "self.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$')";
  static final String OBJECT_NAME_MESSAGE =
      "has to be the name of an object: lower-case letters, digits, '-' and '.', a letter or digit"
          + " at both ends";

  static final String PORT_NAME =
      "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$') && self.matches('[a-z]')";
  static final String PORT_NAME_MESSAGE =
      "has to be lower-case letters, digits and inner hyphens, with at least one letter";

  static final String SHORT_NAME = "self.metadata.name.size() <= 63";
  static final String SHORT_NAME_MESSAGE =
      "metadata.name has to have at most 63 characters, because labels carry it";

  private Checks() {}
}
