package io.triport.objects.quota;

import io.triport.domain.object.BucketName;
import io.triport.objects.bucket.Quota;

/**
 * What was used of a quota within its window.
 *
 * @param id tells it from all others, and begins with the bucket
 * @param identity for people, and not unique; empty where all of the bucket share it
 */
public record Consumption(String id, BucketName bucket, String identity, long usedBytes, Quota quota) {}
