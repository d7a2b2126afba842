package io.cloudlet.sidecar.agent.problem;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns advice for the command line into advice for who writes resources: the engine speaks to
 * both, and names options and commands where a resource has fields.
 */
final class ApiWords {
  private static final Map<String, String> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put(", then run the command again", "; it is tried again by itself");
    FIELDS.put("wait longer with --ready-timeout", "raise spec.readiness.timeout");
    FIELDS.put("look for another sign", "choose another sign in spec.readiness");
    FIELDS.put("get it with `cloudlet base import`", "its BaseVM has to be Ready in the namespace");
    FIELDS.put("`cloudlet base ls` shows what there is", "kubectl get basevms shows what there is");
    FIELDS.put("'vm ls' shows what there is", "kubectl get syntheses shows what there is");
    FIELDS.put("capture its disk with --disk-only", "capture its disk with spec.diskOnly");
    FIELDS.put("choose another place with --data or -o", "give the agent another data directory");
    FIELDS.put("choose another --name, or 'vm rm' it", "remove that one on the node");
    FIELDS.put("use 'overlay apply'", "only overlays of VMs can be resumed");
    FIELDS.put("add --port ", "add to spec.machine.ports the port ");
    FIELDS.put("--port", "spec.ports");
    FIELDS.put("--memory", "spec.machine.memory");
    FIELDS.put("--cpus", "spec.machine.cpus");
    FIELDS.put("--machine", "spec.machine.machineType");
    FIELDS.put("--cpu", "spec.machine.cpuModel");
    FIELDS.put("--accel", "spec.machine.accelerator");
    FIELDS.put("machine.memoryBytes", "spec.machine.memory");
    FIELDS.put("--data", "the agent's data directory");
  }

  private ApiWords() {}

  static String of(String sentence) {
    String said = sentence;
    for (Map.Entry<String, String> field : FIELDS.entrySet()) {
      said = said.replace(field.getKey(), field.getValue());
    }
    return said;
  }
}
