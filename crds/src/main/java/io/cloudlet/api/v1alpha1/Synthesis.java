package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;

/** A synthesis: base VM and overlay put together on a node, and the VM that runs there. */
@Group("cloudlet.io")
@Version("v1alpha1")
@Kind("Synthesis")
@Singular("synthesis")
@Plural("syntheses")
@ShortNames("syn")
@JsonClassDescription("A running VM, made of a base VM and an overlay, or of a base VM alone.")
@ValidationRule(
    value = "self.metadata.name.size() <= 63 && !self.metadata.name.contains('.')",
    message =
        "metadata.name has to have at most 63 characters and no dot, because the VM and its"
            + " Service are called"
            + " the same")
@AdditionalPrinterColumn(
    name = "Phase",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.phase",
    getDescription = "How far it has come.")
@AdditionalPrinterColumn(
    name = "Ready",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type=='Ready')].status",
    getDescription = "Whether it can be used.")
@AdditionalPrinterColumn(
    name = "Node",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.node",
    getDescription = "Where the VM runs.")
@AdditionalPrinterColumn(
    name = "Progress",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.progress.percent",
    getDescription = "Percent of the present phase.")
@AdditionalPrinterColumn(
    name = "Millis",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.timings.totalMillis",
    getDescription = "How long it took until the guest ran.")
@AdditionalPrinterColumn(
    name = "VM",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.vm",
    priority = 1,
    getDescription = "Name of the VM.")
@AdditionalPrinterColumn(
    name = "Way",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.way",
    priority = 1,
    getDescription = "How its memory came to be.")
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp",
    getDescription = "How long ago it was created.")
public final class Synthesis extends CustomResource<SynthesisSpec, SynthesisStatus>
    implements Namespaced {
  @Serial private static final long serialVersionUID = 1L;
}
