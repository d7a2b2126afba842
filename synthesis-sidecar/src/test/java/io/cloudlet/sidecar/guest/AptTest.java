package io.cloudlet.sidecar.guest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AptTest {
  @Test
  void readsWhatWouldBeDownloaded() {
    String text =
        """
        Reading package lists...
        'http://example.org/pool/b/busybox-static_1.35.0-4_amd64.deb' busybox-static_1%3a1.35.0-4_amd64.deb 928188 SHA256:5a7e
        'http://example.org/pool/l/linux-image_6.1_amd64.deb' linux-image_6.1_amd64.deb 26713492 MD5Sum:00ff
        """;
    assertThat(Apt.parseUris(text))
        .containsExactly(
            new DebianPackage(
                "http://example.org/pool/b/busybox-static_1.35.0-4_amd64.deb",
                "busybox-static_1%3a1.35.0-4_amd64.deb",
                "SHA256:5a7e"),
            new DebianPackage(
                "http://example.org/pool/l/linux-image_6.1_amd64.deb",
                "linux-image_6.1_amd64.deb",
                "MD5Sum:00ff"));
  }

  @Test
  void archiveIsWhereThePoolIs() {
    DebianPackage found = new DebianPackage("http://example.org/debian/pool/b/x.deb", "x.deb", "");
    assertThat(found.mirror()).isEqualTo("http://example.org/debian");
  }

  @Test
  void nothingToDownloadIsNothing() {
    assertThat(Apt.parseUris("E: Unable to locate package x\n")).isEmpty();
  }
}
