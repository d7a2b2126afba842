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

/** A VM overlay: what a VM has become since its base VM, in one file. */
@Group("cloudlet.io")
@Version("v1alpha1")
@Kind("VMOverlay")
@Singular("vmoverlay")
@Plural("vmoverlays")
@ShortNames("vmo")
@JsonClassDescription(
    "Everything that turns a base VM into another state: changed pages, device state, manifest."
        + " It names its base VM by digest.")
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
    name = "Node",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.node",
    getDescription = "Where it is, or was, made.")
@AdditionalPrinterColumn(
    name = "Size",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.size",
    getDescription = "Size of its file.")
@AdditionalPrinterColumn(
    name = "Base",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.baseDigest",
    priority = 1,
    getDescription = "Digest of its base VM.")
@AdditionalPrinterColumn(
    name = "Digest",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.digest",
    priority = 1,
    getDescription = "Its root digest.")
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp",
    getDescription = "How long ago it was created.")
public final class VMOverlay extends CustomResource<VMOverlaySpec, VMOverlayStatus>
    implements Namespaced {
  @Serial private static final long serialVersionUID = 1L;
}
