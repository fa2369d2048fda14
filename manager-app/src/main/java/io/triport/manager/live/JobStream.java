package io.triport.manager.live;

import io.triport.domain.identity.Grant;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobQuery;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.Paging;
import io.triport.manager.job.JobJson;
import io.triport.manager.job.JobSight;
import io.triport.manager.transfer.PulledContent;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All of somebody's jobs as server-sent events: first those that are open, then each change on this node. */
final class JobStream implements PulledContent.Source {
    private static final long TICK_MILLIS = 250;
    private static final long SILENCE = Duration.ofSeconds(15).toNanos();
    private static final int MOST_OPEN = 200;
    private static final String NOTHING = ": nothing new\n\n";

    private final Watching watching;
    private final Grant grant;
    private final Watching.Credential credential;
    private final boolean entered;
    private boolean begun;
    private boolean left;
    private long change;
    private long saidAt;

    JobStream(Watching watching, Fetch fetch, Grant grant) {
        this.watching = watching;
        this.grant = grant;
        this.credential = watching.new Credential(fetch, grant);
        this.entered = watching.enter();
    }

    @Override
    public @Nullable Bytes next() throws InterruptedException {
        if (!entered) {
            return null;
        }
        if (!begun) {
            begun = true;
            return open();
        }
        while (!watching.stopping() && credential.holds()) {
            var news = changes();
            if (!news.isEmpty()) {
                return said(news);
            }
            if (watching.nanos() - saidAt >= SILENCE) {
                return said(NOTHING);
            }
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        }
        return null;
    }

    @Override
    public void close() {
        if (entered && !left) {
            left = true;
            watching.leave();
        }
    }

    private Bytes open() {
        change = watching.board().changes();
        var open = watching.storage()
                .jobLedger(grant)
                .page(JobQuery.all(Paging.first(MOST_OPEN))
                        .ownedBy(owner())
                        .in(Set.of(JobStatus.QUEUED, JobStatus.RUNNING)));
        var text = new StringBuilder("retry: 1000\n\n");
        open.jobs().forEach(job -> text.append(event(job)));
        return said(text.toString());
    }

    private String changes() {
        var text = new StringBuilder();
        for (var entry : watching.board().since(change)) {
            change = entry.change();
            if (entry.job().order().owner().equals(owner())) {
                text.append(event(entry.job()));
            }
        }
        return text.toString();
    }

    private String owner() {
        return grant.principal().id().unique();
    }

    private Bytes said(String text) {
        saidAt = watching.nanos();
        return Bytes.utf8(text);
    }

    private String event(Job job) {
        return "event: job\ndata: " + JobJson.row(new JobSight(watching.storage(), grant).seen(job)) + "\n\n";
    }
}
