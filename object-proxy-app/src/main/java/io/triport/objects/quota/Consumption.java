package io.triport.objects.quota;

import io.triport.domain.object.BucketName;
import io.triport.objects.bucket.Quota;

/** What was used of a quota within its window. @param identity empty where all of the bucket share it */
public record Consumption(BucketName bucket, String identity, long usedBytes, Quota quota) {}
