package io.cloudlet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person may get wrong, and is told in one sentence. No QEMU starts in any of it. */
class WrongInputTest {
  private static final String TEXT = "text";

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void prepare() throws IOException {
    data = folder.resolve("data");
    Files.writeString(
        folder.resolve(TEXT), "This is neither a disk nor anything else.\n".repeat(100));
    Files.createFile(folder.resolve("empty"));
    Files.write(folder.resolve("disk"), new byte[1 << 20]);
  }

  /** {@code @} stands for the folder with the files. */
  @ParameterizedTest
  @CsvSource({
    "3, base info nix, there is no base VM nix",
    "3, base export nix @/x, there is no base VM nix",
    "3, base import @/nix, there is no file @/nix; check the path",
    "1, base import @, @ is not a file",
    "5, base import @/text, @/text is corrupt at byte 0",
    "5, base import @/empty, @/empty is corrupt at byte 0",
    "1, base import ftp://x/y, ftp://x/y is no http or https URL",
    "3, vm info nix, there is no VM nix",
    "3, vm resume nix, there is no base VM nix",
    "3, overlay create nix -o @/x, there is no VM nix",
    "1, overlay create nix -o @, @ is a folder; name a file",
    "3, overlay create nix -o @/no/x, there is no folder @/no; make it first",
    "2, overlay create Nix -o @/x, a VM's name has",
    "2, overlay create nix -o @/x --effort great, 'fast, balanced or best: great'",
    "3, overlay info @/nix, there is no file @/nix",
    "5, overlay verify @/text, @/text is corrupt at byte 0",
    "5, overlay verify @/empty, @/empty is corrupt at byte 0",
    "1, overlay verify @, @ is not a file",
    "5, synthesize @/text, @/text is corrupt at byte 0",
    "3, synthesize @/nix, there is no file @/nix",
    "2, overlay diff -o @/x, give a --disk",
    "1, overlay diff --disk @/disk -o @, @ is a folder; name a file",
    "3, overlay diff --disk @/disk -o @/no/x, there is no folder @/no; make it first",
    "2, agent --node A_B, is no name for a node",
    "2, agent --label a=b=c, is no label",
    "2, agent --port 99999, --port is 0 to 65535",
    "2, agent --tls-key @/text, --tls-certificate and --tls-key need each other",
    "3, agent --token-file @/nix, there is no file @/nix",
    "2, vm ls --data=, --data names no folder",
    "1, vm ls --data @/text, @/text is not a folder; name another place"
  })
  void isOneSentenceAndItsCode(int code, String command, String sentence) {
    assertFails(code, sentence, command);
  }

  @ParameterizedTest
  @CsvSource({
    "3, --disk @/nix, there is no disk image @/nix; check the path",
    "1, --disk @, @ is no file; give the disk image as one",
    "1, --disk @/text, 'no raw disk of whole sectors; give a raw or qcow2 image'",
    "3, --disk @/disk --kernel @/nix, there is no kernel @/nix; check the path",
    "3, --disk @/disk --kernel @/text --initrd @/nix, there is no initial RAM disk @/nix",
    "2, --disk @/disk --append quiet, need a --kernel",
    "2, --disk @/disk --memory 64, '--memory has to be 1 MiB to 4 TiB in whole MiB: 64'",
    "2, --disk @/disk --memory 64Q, 'a size is a number with K, M, G or T: 64Q'",
    "2, --disk @/disk --cpus 0, --cpus has to be 1 to 255: 0",
    "2, --disk @/disk --machine q35, --machine has to be versioned",
    "2, --disk @/disk --port 99999, a guest port is 1 to 65535: 99999",
    "2, --disk @/disk --port 1:22 --port 2:22, --port has to be free of repetitions"
  })
  void ofANewBaseNamesTheOption(int code, String options, String sentence) {
    assertFails(code, sentence, "base create new --accel tcg --ready-delay 1s " + options);
    for (String place : List.of("bases", "tmp")) {
      if (Files.exists(data.resolve(place))) {
        assertThat(data.resolve(place)).isEmptyDirectory();
      }
    }
  }

  @Test
  void aPortThatIsNotForwardedIsFoundBeforeTheBoot() {
    assertFails(
        2,
        "--ready-tcp 80 needs that port forwarded; add --port 80",
        "base create new --accel tcg --disk @/disk --port 8080 --ready-tcp 80");
  }

  private void assertFails(int code, String sentence, String command) {
    String[] words = command.replace("@", folder.toString()).split(" ", -1);
    CommandLineRun run = CommandLineRun.of(data, words);
    assertThat(run.code()).as(run.messages()).isEqualTo(code);
    assertThat(run.results()).isEmpty();
    assertThat(run.messages().lines().filter(line -> line.startsWith("cloudlet: ")))
        .hasSize(1)
        .first()
        .asString()
        .contains(sentence.replace("@", folder.toString()))
        .doesNotContain("Exception", "a fault of this program", ".partial-");
    assertThat(run.messages().lines().filter(line -> line.startsWith("\tat "))).isEmpty();
  }
}
