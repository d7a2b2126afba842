package io.cloudlet.sidecar.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.base.PageIndex;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.BaseImageRef;
import io.cloudlet.sidecar.overlay.BaseRun;
import io.cloudlet.sidecar.overlay.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrouperTest {
  private static final int MIB = 1 << 20;

  /** Pages of which some may lie in a chunk that begins before the content in question. */
  private static final int CHUNK = 16;

  @TempDir Path folder;

  /** 20 MiB of noise in which one MiB comes again far away, at another offset within its page. */
  @Test
  void likePagesShareASegment() throws IOException {
    byte[] content = noise(20 * MIB, 1);
    System.arraycopy(content, 2 * MIB, content, 18 * MIB + 1000, MIB);
    List<SegmentPlan> plans = plan(content, noise(MIB, 2), Effort.FAST, 2);
    int first = 2 * MIB / Page.SIZE + CHUNK;
    int again = 18 * MIB / Page.SIZE + CHUNK;
    assertThat(segmentOf(plans, first)).isEqualTo(segmentOf(plans, again));
    assertThat(plans.stream().mapToInt(SegmentPlan::pages).sum())
        .isEqualTo(content.length / Page.SIZE);
    assertThat(plans).allMatch(plan -> plan.references().isEmpty());
  }

  @Test
  void likePagesOfTheBaseAreReferences() throws IOException {
    byte[] base = noise(4 * MIB, 3);
    byte[] content = noise(10 * MIB, 4);
    System.arraycopy(base, MIB, content, 17 * MIB / 2 + 100, MIB);
    List<SegmentPlan> plans = plan(content, base, Effort.BALANCED, 2);
    List<BaseRun> references = plans.get(segmentOf(plans, 9 * MIB / Page.SIZE)).references();
    assertThat(references.stream().mapToInt(BaseRun::count).sum())
        .isBetween(MIB / Page.SIZE * 9 / 10, MIB / Page.SIZE + 1);
    assertThat(references)
        .allMatch(run -> run.page() >= MIB / Page.SIZE)
        .allMatch(run -> run.page() + run.count() <= 2 * MIB / Page.SIZE);
  }

  @Test
  void onlyBestFiltersAndOnlyWhatIsLikeNothingElse() throws IOException {
    byte[] content = noise(20 * MIB, 6);
    System.arraycopy(content, 2 * MIB, content, 18 * MIB + 1000, MIB);
    List<SegmentPlan> best = plan(content, noise(MIB, 7), Effort.BEST, 2);
    int repeated = 2 * MIB / Page.SIZE + CHUNK;
    SegmentPlan plan = best.get(segmentOf(best, repeated));
    assertThat(plan.filterable().get(numbers(plan).indexOf(repeated))).isFalse();
    int filterable = best.stream().mapToInt(each -> each.filterable().cardinality()).sum();
    assertThat(filterable).isBetween(18 * MIB / Page.SIZE - 2 * CHUNK, 18 * MIB / Page.SIZE);
    assertThat(plan(content, noise(MIB, 7), Effort.BALANCED, 2))
        .allMatch(each -> each.filterable().isEmpty());
  }

  @Test
  void threadsDoNotMatter() throws IOException {
    byte[] base = noise(4 * MIB, 3);
    byte[] content = noise(20 * MIB, 4);
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      int to = random.nextInt(19 * MIB);
      System.arraycopy(content, random.nextInt(19 * MIB), content, to, random.nextInt(MIB / 4));
      System.arraycopy(base, random.nextInt(3 * MIB), content, to, random.nextInt(MIB / 8));
    }
    List<SegmentPlan> one = plan(content, base, Effort.BEST, 1);
    List<SegmentPlan> four = plan(content, base, Effort.BEST, 4);
    assertThat(one.stream().map(SegmentPlan::references))
        .containsExactlyElementsOf(four.stream().map(SegmentPlan::references).toList());
    assertThat(one.stream().map(GrouperTest::numbers))
        .containsExactlyElementsOf(four.stream().map(GrouperTest::numbers).toList());
  }

  @Test
  void nothingNewGivesNoSegment() throws IOException {
    assertThat(plan(new byte[0], noise(MIB, 1), Effort.BALANCED, 2)).isEmpty();
  }

  private List<SegmentPlan> plan(byte[] content, byte[] base, Effort effort, int threads)
      throws IOException {
    Path changed = Files.write(folder.resolve("changed"), content);
    Path below = Files.write(folder.resolve("base"), base);
    try (MappedImage image = MappedImage.open(changed);
        MappedImage baseImage = MappedImage.open(below);
        PageIndex index = PageIndex.of(folder, List.of(baseImage))) {
      NewPages pages = new NewPages(List.of(FlatComparison.isNew(ImageId.FIRST_DISK, image)));
      for (int page = 0; page < content.length / Page.SIZE; page++) {
        pages.add(0, page);
      }
      Digest any = Digest.sha256(new byte[0]);
      BaseImageRef name = new BaseImageRef(ImageId.FIRST_DISK, base.length, any);
      BaseView view =
          new BaseView(any, List.of(name), List.of(baseImage), BaseLookup.EMPTY, index.anchors());
      return new Grouper(view, effort, threads).plan(pages);
    }
  }

  private static int segmentOf(List<SegmentPlan> plans, int number) {
    for (int i = 0; i < plans.size(); i++) {
      if (numbers(plans.get(i)).contains(number)) {
        return i;
      }
    }
    throw new AssertionError("page " + number + " is in no segment");
  }

  private static List<Integer> numbers(SegmentPlan plan) {
    return IntStream.range(0, plan.pages()).mapToObj(plan::number).toList();
  }

  private static byte[] noise(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
