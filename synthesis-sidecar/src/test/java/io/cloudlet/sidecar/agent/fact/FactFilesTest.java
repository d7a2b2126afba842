package io.cloudlet.sidecar.agent.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CorruptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactFilesTest {
  private record Fact(String text, int number) {}

  @TempDir Path folder;

  @Test
  void findsWhatWasNoted() throws IOException {
    FactFiles<Fact> facts = FactFiles.in(folder, Fact.class);
    facts.put("a-1", new Fact("x", 7));
    facts.put("a-1", new Fact("y", 8));
    assertThat(FactFiles.in(folder, Fact.class).find("a-1")).contains(new Fact("y", 8));
    assertThat(facts.uids()).containsExactly("a-1");
    facts.remove("a-1");
    facts.remove("a-1");
    assertThat(facts.find("a-1")).isEmpty();
    assertThat(facts.uids()).isEmpty();
  }

  @Test
  void refusesWhatWouldLeaveItsFolder() throws IOException {
    FactFiles<Fact> facts = FactFiles.in(folder, Fact.class);
    assertThatThrownBy(() -> facts.find("../x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesAFileThatIsDamaged() throws IOException {
    FactFiles<Fact> facts = FactFiles.in(folder, Fact.class);
    Files.writeString(folder.resolve("b.json"), "{\"text\":");
    assertThatThrownBy(() -> facts.find("b"))
        .isInstanceOf(CorruptException.class)
        .hasMessageContaining("b.json");
  }
}
