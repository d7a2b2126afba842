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

/** A base VM: disk and memory of a booted, idle system, which overlays refer to by digest. */
@Group("cloudlet.io")
@Version("v1alpha1")
@Kind("BaseVM")
@Singular("basevm")
@Plural("basevms")
@ShortNames("bvm")
@JsonClassDescription(
    "An immutable disk image, memory images and device state of a booted VM, named by the digest"
        + " of its manifest.")
@ValidationRule(value = Checks.SHORT_NAME, message = Checks.SHORT_NAME_MESSAGE)
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
    name = "Size",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.size",
    getDescription = "Size of its package.")
@AdditionalPrinterColumn(
    name = "Nodes",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.nodesReady",
    getDescription = "How many nodes hold it.")
@AdditionalPrinterColumn(
    name = "Node",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.node",
    priority = 1,
    getDescription = "Where it is, or was, made.")
@AdditionalPrinterColumn(
    name = "Digest",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.digest",
    priority = 1,
    getDescription = "Digest of its manifest.")
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp",
    getDescription = "How long ago it was created.")
public final class BaseVM extends CustomResource<BaseVMSpec, BaseVMStatus> implements Namespaced {
  @Serial private static final long serialVersionUID = 1L;
}
