package io.triport.manager.job;

import io.triport.domain.table.Job;
import io.triport.domain.table.JobId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs that changed last on this node, so that those who watch need not ask the ledger ten times a second. Its monitor guards all. */
public final class JobBoard {
    private static final int MOST = 1_000;

    private final Map<JobId, Entry> latest = new LinkedHashMap<>();
    private long changes;

    /** @param change grows with every change of any job */
    public record Entry(Job job, long change) {}

    synchronized void publish(Job job) {
        latest.remove(job.id());
        changes++;
        latest.put(job.id(), new Entry(job, changes));
        if (latest.size() > MOST) {
            latest.remove(latest.keySet().iterator().next());
        }
    }

    /** Empty for a job of another node, and one of long ago. */
    public synchronized Optional<Job> find(JobId id) {
        return Optional.ofNullable(latest.get(id)).map(Entry::job);
    }

    /** Jobs that changed after a change, the one that changed first coming first. */
    public synchronized List<Entry> since(long change) {
        return latest.values().stream().filter(entry -> entry.change > change).toList();
    }

    public synchronized long changes() {
        return changes;
    }
}
