/**
 * How many bytes may pass: quotas of buckets, what was used of them on this node, and the durable objects that keep it. Start
 * reading at {@link io.triport.objects.quota.Metering}, what requests are measured with.
 */
@NullMarked
package io.triport.objects.quota;

import org.jspecify.annotations.NullMarked;
