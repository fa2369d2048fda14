package io.triport.manager.cloudflare.r2;

import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketBindings;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import io.triport.manager.job.JobFiles;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The manager's own bucket, and those that callers have made. Safe for many threads. */
public final class ManagerBuckets implements BucketBindings {
    /*
     * Who knows
     *
     * Which buckets there are lies with the settings, where only a grant reads it. So whoever is about to use a bucket looks there, and
     * tells what he has found: here is what the store is asked for between the two.
     */
    private static final Backend PLACE = new Backend.FileSystem("buckets");

    private final JobFiles files;
    private final Map<BucketName, BucketBinding> known = new ConcurrentHashMap<>();

    public ManagerBuckets(JobFiles files) {
        this.files = files;
    }

    @Override
    public Optional<BucketBinding> find(BucketName bucket) {
        return files.find(bucket).or(() -> Optional.ofNullable(known.get(bucket)));
    }

    /** A bucket is there. @param folder of its objects, which no other bucket has or had */
    void found(BucketName bucket, String folder) {
        known.put(bucket, new BucketBinding(bucket, PLACE, Bytes.utf8(folder + "/"), Versioning.OFF));
    }

    /** A bucket is not there any more. */
    void gone(BucketName bucket) {
        known.remove(bucket);
    }
}
