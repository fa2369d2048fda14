package io.triport.manager.job;

import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketBindings;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.JobId;
import java.util.List;
import java.util.Optional;

/**
 * Where the files of jobs lie, and with them the backups: a bucket of the manager's own.
 *
 * @param prefix before every name there; empty, or with a slash at its end
 */
public record JobFiles(Backend backend, Bytes prefix) implements BucketBindings {
    public static final BucketName BUCKET = new BucketName("manager-files");
    /** In the data directory. */
    public static final JobFiles LOCAL = new JobFiles(new Backend.FileSystem("manager-files"), Bytes.EMPTY);

    /** Folders of files that go some time after the end of their job; a bulk write, which is none, takes its own away when it ends. */
    static final List<String> PASSING = List.of("exports/", "found/", "imports/", "keys/", "pairs/", "replaced/");

    private static final String DUMPS = "dumps/";
    private static final String LOADS = "loads/";
    private static final String LOADED = "loaded/";

    /** Folders of files that belong to no job, and go when their links are long over. */
    static final List<String> LINKED = List.of(DUMPS, LOADS, LOADED);

    @Override
    public Optional<BucketBinding> find(BucketName bucket) {
        return bucket.equals(BUCKET)
                ? Optional.of(new BucketBinding(BUCKET, backend, prefix, Versioning.OFF))
                : Optional.empty();
    }

    /** The names of the keys that a job is about. */
    public static ObjectKey keys(String job) {
        return ObjectKey.of("keys/" + job);
    }

    /** The body of an import. */
    public static ObjectKey body(String job) {
        return ObjectKey.of("imports/" + job);
    }

    /** Which items of an import are replaced by later ones. */
    public static ObjectKey replaced(String job) {
        return ObjectKey.of("replaced/" + job);
    }

    /** The pairs of a bulk write that is longer than memory should hold, while it is stored. */
    public static ObjectKey pairs(String call) {
        return ObjectKey.of("pairs/" + call);
    }

    /** What a search within values has found, a line for each key. */
    public static ObjectKey found(JobId job) {
        return ObjectKey.of("found/" + job.text());
    }

    /** A database as statements. @param name of the file */
    public static ObjectKey dump(String database, String name) {
        return ObjectKey.of(DUMPS + database + "/" + name);
    }

    /** Statements that were sent for a database. */
    public static ObjectKey load(String database, String name) {
        return ObjectKey.of(LOADS + database + "/" + name);
    }

    /** What came of such a file. @param by its name, or the bookmark that it ended with */
    public static ObjectKey loaded(String database, String by) {
        return ObjectKey.of(LOADED + database + "/" + by);
    }

    /** Whether it is one of those that {@link #dump} names. */
    public static boolean isDump(ObjectKey file) {
        return file.text().startsWith(DUMPS);
    }

    /** What an export wrote. */
    public static ObjectKey export(JobId job) {
        return ObjectKey.of("exports/" + job.text());
    }
}
