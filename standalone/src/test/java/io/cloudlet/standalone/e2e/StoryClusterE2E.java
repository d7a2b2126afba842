package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.BaseVM;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On two real nodes, with the chart as shipped. */
@SuppressWarnings("NullAway.Init")
class StoryClusterE2E {
  @TempDir private static Path folder;
  private static ClusterLab lab;

  @BeforeAll
  static void install() throws Exception {
    lab = new ClusterLab(folder);
    lab.install();
  }

  @AfterAll
  static void remove() throws Exception {
    lab.close();
  }

  @Test
  void anApplicationGoesOnOnTheOtherNode() throws Exception {
    lab.test();
    Story story = lab.story();
    BaseVM base = lab.resources.await(story.base("small"), "Ready");
    assertThat(ClusterLab.NODES).contains(base.getStatus().node());
  }
}
