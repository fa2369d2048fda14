package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.backup.BackupPath;
import io.triport.manager.backup.BackupRetention;
import io.triport.manager.backup.BackupStore;
import io.triport.manager.job.JobBatch;
import io.triport.manager.job.JobWork;
import io.triport.manager.job.JobWorks;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Writes a backup, then what it is, and removes those that need not be kept any more. */
final class BackupWork implements JobWork {
    private final JobWorks.Means means;
    private final BackupPath path;
    private final String user;
    private final JobWork export;
    private final Clock clock;

    /** @param export writes the file of the path */
    BackupWork(JobWorks.Means means, BackupPath path, String user, JobWork export, Clock clock) {
        this.means = means;
        this.path = path;
        this.user = user;
        this.export = export;
        this.clock = clock;
    }

    @Override
    public @Nullable JobBatch next() throws InterruptedException {
        return export.next();
    }

    @Override
    public ObjectNode finish() throws InterruptedException {
        var result = export.finish();
        var backups = new BackupStore(BulkWorks.files(means.storage(), means.system()));
        var now = clock.instant();
        var manifest = backups.seal(path, result.path("items").asLong(), now);
        var retention = BackupRetention.of(means.storage().settings(means.system()), path.namespace());
        var removed = retention.apply(means.storage(), means.system(), backups, path.namespace(), user, now);
        return result.put("path", path.text()).put("sha256", manifest.sha256()).put("removed", removed);
    }

    @Override
    public void discard() {
        export.discard();
    }

    @Override
    public void close() {
        export.close();
    }
}
