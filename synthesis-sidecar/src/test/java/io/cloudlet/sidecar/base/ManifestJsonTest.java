package io.cloudlet.sidecar.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Images;
import io.cloudlet.sidecar.image.TooNewException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestJsonTest {
  private static final Digest ANY = Digest.sha256(new byte[0]);

  private static BaseManifest manifest() {
    return new BaseManifest(
        1,
        new BaseName("debian"),
        "2026-11-22T10:00:00Z",
        Bases.machine(),
        List.of(
            new BaseImage(ImageId.FIRST_DISK, 8L << 30, ANY), new BaseImage(Bases.ROM, 5000, ANY)),
        new Blob(10, ANY),
        new Blob(20, ANY),
        new Blob(30, ANY),
        new Blob(40, ANY));
  }

  private static BaseManifest read(String json) throws IOException {
    return ManifestJson.read(json.getBytes(UTF_8), "base.json", 1000);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    byte[] json = ManifestJson.write(manifest());
    assertThat(ManifestJson.read(json, "base.json", 0)).isEqualTo(manifest());
    assertThat(new String(json, UTF_8)).contains("\"id\" : \"disk/disk0\"", ANY.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"formatVersion\" : 1 | \"formatVersion\" : 2 | format version 2",
        "\"formatVersion\" : 1 | \"formatVersion\" : 0 | formatVersion",
        "\"formatVersion\" : 1 | \"formatVersion\" : null | formatVersion",
        "\"name\" : | \"surprise\" : 1, \"name\" : | surprise",
        "\"name\" : \"debian\" | \"name\" : \"../../etc\" | a base VM's name",
        "\"name\" : \"debian\" | \"name\" : null | name",
        "2026-11-22T10 | yesterday | created",
        "8589934592 | 9223372036854775807 | 16 TiB at most",
        "8589934592 | -1 | no length",
        "8589934592 | 8589934592000000000000 | out of range",
        "disk/disk0 | floppy/a | disk/NAME",
        "disk/disk0 | memory//rom@etc/../acpi/tables | different names",
        "sha256:e3b0 | sha256:E3b0 | digest",
        "sha256:e3b0 | md5:e3b0 | sha256:",
        "pc-q35-7.2 | q35 | machineType",
        "\"length\" : 30 | \"length\" : 1073741825 | blob",
        "\"length\" : 20 | \"length\" : 67108865 | deviceState.length has to be 64 MiB at most",
        "\"initrd\" : true | \"initrd\" : false | initrd"
      })
  void namesTheWrongField(String from, String to, String message) throws IOException {
    String json = new String(ManifestJson.write(manifest()), UTF_8);
    assertThat(json).contains(from);
    assertThatThrownBy(() -> read(json.replaceFirst(Pattern.quote(from), to)))
        .isInstanceOfAny(CorruptException.class, TooNewException.class)
        .hasMessageContaining("base.json")
        .hasMessageContaining(message);
  }

  @Test
  void damagedBytesNeverGiveAnotherError() throws IOException {
    byte[] json = ManifestJson.write(manifest());
    RandomGenerator random = Images.random(5);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = Arrays.copyOf(json, json.length - random.nextInt(2) * 7);
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        ManifestJson.read(damaged, "base.json", 0);
      } catch (CloudletException e) {
        assertThat(e).hasMessageContaining("base.json");
      }
    }
  }

  @Test
  void saysWhereInTheFile() {
    assertThatThrownBy(() -> read("{\"formatVersion\": 1, oops}"))
        .isInstanceOfSatisfying(
            CorruptException.class, e -> assertThat(e.offset()).isBetween(1019L, 1026L));
  }
}
