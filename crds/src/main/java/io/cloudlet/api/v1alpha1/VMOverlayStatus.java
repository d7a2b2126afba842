package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has become of an overlay. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VMOverlayStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.") @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Summary of the conditions for people.")
        @Nullable VMOverlayPhase phase,
    @JsonPropertyDescription("Ready, and one condition for each stage of the work.") @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription("The node where it is, or was, made.") @Size(max = 253)
        @Nullable String node,
    @JsonPropertyDescription(
            "What uses it, such as Synthesis shop; while there is anything, it cannot be deleted.")
        @Size(max = 100)
        List<@Size(max = 320) String> users,
    @JsonPropertyDescription("Its root digest, which covers every byte of it.")
        @Size(max = Checks.DIGEST_LENGTH)
        @Nullable String digest,
    @JsonPropertyDescription("Digest of its base VM.") @Size(max = Checks.DIGEST_LENGTH)
        @Nullable String baseDigest,
    @JsonPropertyDescription("When it was captured.") @Size(max = 64) @Nullable String created,
    @JsonPropertyDescription("Size of its file.") @Min(0) @Nullable Long bytes,
    @JsonPropertyDescription("Size of its file for people, such as 40.6 MB.") @Size(max = 32)
        @Nullable String size,
    @JsonPropertyDescription("Where it can be downloaded.") @Size(max = Checks.URL_LENGTH)
        @Nullable String url,
    @JsonPropertyDescription("How it was compressed.") @Nullable Effort effort,
    @JsonPropertyDescription("Whether it holds memory; otherwise a VM made of it boots.")
        @Nullable Boolean resumes,
    @JsonPropertyDescription("How the changed pages of all images are kept.")
        @Nullable PageStatistics pages,
    @JsonPropertyDescription("The images one by one.") @Size(max = 255)
        List<OverlayImageStatus> images,
    @JsonPropertyDescription("For how long the guest stood still; 0 when it did not run on.")
        @Min(0)
        @Nullable Long pauseMillis,
    @JsonPropertyDescription("How long the capture took, verification included.") @Min(0)
        @Nullable Long totalMillis,
    @JsonPropertyDescription("How far the present phase has come.") @Nullable Progress progress) {
  /** Takes copies of the lists; a missing one is empty. */
  public VMOverlayStatus {
    conditions = Copies.of(conditions);
    users = Copies.of(users);
    images = Copies.of(images);
  }
}
