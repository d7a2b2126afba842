package io.cloudlet.sidecar.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.CorruptException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IndexCodecTest {
  private final OverlayManifest manifest = new SampleOverlay(1).manifest(List.of());

  @Test
  void decodesWhatItEncoded() throws CorruptException {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      OverlayIndex index =
          new OverlayIndex(
              List.of(
                  SampleOverlay.runs(random, 5000, 900), SampleOverlay.runs(random, 2001, 900)));
      byte[] bytes = IndexCodec.encode(index, 2);
      VarintReader in = new VarintReader(bytes, "index", "memory", 0);
      assertThat(IndexCodec.decode(in, manifest, 900)).isEqualTo(index);
    }
  }

  @Test
  void neighboursJoinAndAreFound() {
    ImageRunsBuilder builder = new ImageRunsBuilder();
    builder.zero(3);
    builder.zero(4);
    builder.slot(5, 7);
    builder.slot(6, 8);
    builder.slot(7, 10);
    builder.base(9, 1, 70);
    builder.base(10, 1, 71);
    builder.base(11, 0, 72);
    ImageRuns runs = builder.build();
    assertThat(runs.size()).isEqualTo(5);
    assertThat(runs.lookup(2)).isEmpty();
    assertThat(runs.lookup(4)).contains(new PageRef.Zero());
    assertThat(runs.lookup(6)).contains(new PageRef.Slot(8));
    assertThat(runs.lookup(7)).contains(new PageRef.Slot(10));
    assertThat(runs.lookup(8)).isEmpty();
    assertThat(runs.lookup(10)).contains(new PageRef.Base(1, 71));
    assertThat(runs.lookup(11)).contains(new PageRef.Base(0, 72));
    assertThat(runs.lookup(12)).isEmpty();
    assertThat(runs.pages(RunKind.SLOT)).isEqualTo(3);
  }
}
