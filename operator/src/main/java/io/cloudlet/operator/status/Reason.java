package io.cloudlet.operator.status;

import java.util.stream.Stream;

/** Why a condition is as it is, in one word for programs. */
public enum Reason {
  /** A node was found. */
  SCHEDULED("Scheduled"),
  /** It can be used although the node that made it does not answer. */
  AVAILABLE("Available"),
  /** The base VM of an overlay is here. */
  BASE_FOUND("BaseFound"),
  /** There is no such base VM here. */
  BASE_NOT_FOUND("BaseNotFound"),
  /** The base VM cannot be used yet, or never. */
  BASE_NOT_READY("BaseNotReady"),
  /** There is no such overlay here. */
  OVERLAY_NOT_FOUND("OverlayNotFound"),
  /** The overlay cannot be used yet, or never. */
  OVERLAY_NOT_READY("OverlayNotReady"),
  /** There is no such Synthesis here. */
  SYNTHESIS_NOT_FOUND("SynthesisNotFound"),
  /** Its VM does not run. */
  SYNTHESIS_NOT_RUNNING("SynthesisNotRunning"),
  /** There is no node at all. */
  NO_NODES("NoNodes"),
  /** No node offers what is needed. */
  NO_NODE_FITS("NoNodeFits"),
  /** The node that is named does not exist. */
  NODE_UNKNOWN("NodeUnknown"),
  /** The node answers. */
  ALIVE("Alive"),
  /** The node does not answer. */
  NODE_LOST("NodeLost"),
  /** No node has it any more. */
  NO_COPY_LEFT("NoCopyLeft"),
  /** What would do this is not there. */
  BACKEND_UNAVAILABLE("BackendUnavailable"),
  /** It cannot be deleted while something uses it. */
  IN_USE("InUse"),
  /** It is being deleted. */
  TERMINATING("Terminating"),
  /** There is a Service in front of it. */
  EXPOSED("Exposed"),
  /** There cannot be a Service in front of it. */
  SERVICE_NOT_MADE("ServiceNotMade"),
  /** The VM's pod runs. */
  POD_RUNNING("PodRunning"),
  /** The VM's pod does not run yet, and nothing is wrong with it. */
  POD_PENDING("PodPending"),
  /** The API server does not take the VM's pod. */
  POD_REFUSED("PodRefused"),
  /** There is another pod of that name. */
  POD_NAME_TAKEN("PodNameTaken"),
  /** Nobody has said which image the VM's pod is to have. */
  NO_POD_IMAGE("NoPodImage"),
  /** The node has no room for the VM's pod, or wants none. */
  UNSCHEDULABLE("Unschedulable"),
  /** The node cannot get the image of the VM's pod. */
  IMAGE_PULL_BACK_OFF("ImagePullBackOff"),
  /** The node cannot start the VM's pod. */
  POD_NOT_STARTED("PodNotStarted"),
  /** The node does not take the VM's pod. */
  NODE_REFUSED_POD("NodeRefusedPod"),
  /** The node has ended the VM's pod, because it lacked something. */
  EVICTED("Evicted"),
  /** The VM's pod has been told to end. */
  POD_ENDING("PodEnding"),
  /** The VM's pod has ended, as it should when its VM has. */
  POD_ENDED("PodEnded"),
  /** The VM's pod has ended badly. */
  POD_FAILED("PodFailed"),
  /** The VM's pod is not there any more. */
  POD_GONE("PodGone"),
  /** Something unexpected, which is tried again. */
  RETRYING("Retrying");

  private final String word;

  Reason(String word) {
    this.word = word;
  }

  /** Whether a condition Ready with this reason about a running object is the operator's. */
  static boolean isOfOperator(String word) {
    return Stream.of(NODE_LOST, NO_COPY_LEFT, AVAILABLE).anyMatch(it -> it.word.equals(word));
  }

  /** Whether something has gone wrong, and is not just not there yet. */
  public boolean isFailure() {
    return switch (this) {
      case SCHEDULED, AVAILABLE, ALIVE, BASE_FOUND, EXPOSED, TERMINATING -> false;
      case POD_RUNNING, POD_PENDING, POD_ENDING, POD_ENDED -> false;
      case POD_REFUSED, POD_NAME_TAKEN, NO_POD_IMAGE, UNSCHEDULABLE -> true;
      case IMAGE_PULL_BACK_OFF, POD_NOT_STARTED, NODE_REFUSED_POD -> true;
      case EVICTED, POD_FAILED, POD_GONE -> true;
      case BASE_NOT_READY, OVERLAY_NOT_READY, SYNTHESIS_NOT_RUNNING -> false;
      case BASE_NOT_FOUND, OVERLAY_NOT_FOUND, SYNTHESIS_NOT_FOUND -> true;
      case NO_NODES, NO_NODE_FITS, NODE_UNKNOWN, NODE_LOST, NO_COPY_LEFT -> true;
      case BACKEND_UNAVAILABLE, IN_USE, SERVICE_NOT_MADE, RETRYING -> true;
    };
  }

  /** The word, as the API has it. */
  public String word() {
    return word;
  }
}
