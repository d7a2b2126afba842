package io.cloudlet.operator.pod;

import io.cloudlet.api.v1alpha1.MachineStatus;

/** Where a VM's pod is to be, and for which machine. */
record PodPlan(String node, MachineStatus machine) {}
