package io.triport.manager.job;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobProgress;

/** A caller's jobs as he may see them: without the name of a key that was his when he ordered them, and is not any more. */
public record JobSight(Storage storage, Grant grant) {
    public Job seen(Job job) {
        var progress = job.progress();
        return progress.currentKey().isEmpty() || known(job, progress.currentKey())
                ? job
                : job.at(new JobProgress(
                        progress.total(), progress.processed(), progress.errors(), "", progress.checkpoint()));
    }

    private boolean known(Job job, String key) {
        if (grant.permits(Action.KV_LIST, ResourceName.container(""))) {
            return true;
        }
        try {
            return storage.resources(grant)
                    .find(new NamespaceId(job.order().namespace()))
                    .filter(namespace -> grant.permits(
                            Action.KV_LIST, new ResourceName(namespace.title().text(), Bytes.utf8(key))))
                    .isPresent();
        } catch (StorageFailure.Rejected e) {
            // It is about several namespaces, or about none.
            return false;
        }
    }
}
