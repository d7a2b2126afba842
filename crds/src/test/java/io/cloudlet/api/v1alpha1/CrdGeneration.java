package io.cloudlet.api.v1alpha1;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDGenerator.AbstractCRDOutput;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the custom resource definitions of the records. */
final class CrdGeneration {
  /** How to write the definitions into the folder; also the first line of each file. */
  static final String COMMAND = "./mvnw -pl crds test -Dtest=CrdFilesTest -Dcrds.write";

  private static final String HEADER =
      "# Generated from the records in src/main/java; do not edit. To write it again:\n"
          + "#   "
          + COMMAND
          + "\n";

  /** Every kind of the API. */
  static final List<Class<? extends HasMetadata>> KINDS =
      List.of(BaseVM.class, CloudletNode.class, Synthesis.class, VMOverlay.class);

  private CrdGeneration() {}

  /** The definitions, in the order of {@link #KINDS}. */
  static List<CustomResourceDefinition> definitions() {
    List<CustomResourceDefinition> made = new ArrayList<>();
    try (Buffers buffers = new Buffers()) {
      for (Class<? extends HasMetadata> kind : KINDS) {
        CRDPostProcessor collector =
            new CRDPostProcessor() {
              @Override
              public HasMetadata process(HasMetadata crd, String version) {
                made.add(new CrdFinish(kind).apply((CustomResourceDefinition) crd));
                return crd;
              }
            };
        new CRDGenerator()
            .customResourceClasses(List.of(kind))
            .forCRDVersions("v1")
            .withPostProcessor(collector)
            .withOutput(buffers)
            .generate();
      }
    } catch (IOException e) {
      throw new AssertionError("buffers in memory do not fail", e);
    }
    return made;
  }

  /** What each file of the folder has to hold, by the file's name. */
  static SortedMap<String, String> files() {
    KubernetesSerialization yaml = new KubernetesSerialization();
    SortedMap<String, String> files = new TreeMap<>();
    for (CustomResourceDefinition crd : definitions()) {
      files.put(crd.getMetadata().getName() + "-v1.yaml", HEADER + yaml.asYaml(crd));
    }
    return files;
  }

  private static final class Buffers extends AbstractCRDOutput<ByteArrayOutputStream> {
    @Override
    protected ByteArrayOutputStream createStreamFor(String name) {
      return new ByteArrayOutputStream();
    }
  }
}
