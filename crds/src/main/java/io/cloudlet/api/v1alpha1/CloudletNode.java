package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;

/**
 * A node that runs an agent, named like the node: what it shall hold, and what it has. Its labels
 * are those that a placement's nodeSelector looks at.
 */
@Group("cloudlet.io")
@Version("v1alpha1")
@Kind("CloudletNode")
@Singular("cloudletnode")
@Plural("cloudletnodes")
@ShortNames("cln")
@JsonClassDescription(
    "A node that can run VMs: which base VMs it shall hold, which it has, and what room there is."
        + " Its agent creates it.")
@AdditionalPrinterColumn(
    name = "Ready",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type=='Ready')].status",
    getDescription = "Whether its agent can run VMs.")
@AdditionalPrinterColumn(
    name = "Alive",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type=='Alive')].status",
    getDescription = "Whether its agent answers.")
@AdditionalPrinterColumn(
    name = "Unschedulable",
    type = AdditionalPrinterColumn.Type.BOOLEAN,
    jsonPath = ".spec.unschedulable",
    getDescription = "Whether no new VM is placed here.")
@AdditionalPrinterColumn(
    name = "VMs",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.vms",
    getDescription = "How many VMs there are.")
@AdditionalPrinterColumn(
    name = "Accelerators",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.accelerators",
    getDescription = "What can run guests.")
@AdditionalPrinterColumn(
    name = "QEMU",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.qemuVersion",
    getDescription = "Version of QEMU.")
@AdditionalPrinterColumn(
    name = "Address",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.address",
    priority = 1,
    getDescription = "Where its agent serves overlays and packages.")
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp",
    getDescription = "How long ago it was created.")
public final class CloudletNode extends CustomResource<CloudletNodeSpec, CloudletNodeStatus> {
  @Serial private static final long serialVersionUID = 1L;
}
