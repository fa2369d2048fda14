package io.triport.manager.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.object.ByteRange;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobStatus;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import io.triport.manager.transfer.ExportFormat;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /api/jobs/{id}/download}: the file of an export, any number of times while it is kept. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class DownloadRoutes implements Routes {
    /** The parameter of an export that names the prefixes of the keys that whoever ordered it might read. */
    private static final String PARTS = "parts";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    private final Storage storage;
    private final SystemAccess access;
    private final JobDesk desk;
    private final Duration kept;
    private final Clock clock;

    DownloadRoutes(Storage storage, SystemAccess access, JobDesk desk, JobSettings settings, Clock clock) {
        this.kept = settings.filesKept();
        this.storage = storage;
        this.access = access;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/jobs/{id}/download", this::download));
    }

    private StreamReply download(Call call) {
        var job = desk.find(call.grant(), JobRoutes.id(call));
        if (!job.order().operation().equals(JobKind.EXPORT.operation())) {
            throw Problem.EXPORT_NOT_FOUND.refused();
        }
        if (!job.status().terminal()) {
            throw Problem.JOB_NOT_FINISHED.refused();
        }
        if (job.status() != JobStatus.COMPLETED) {
            throw Problem.EXPORT_NOT_FOUND.refused();
        }
        if (!readable(call.grant(), job)) {
            throw Problem.EXPORT_NOT_FOUND.refused();
        }
        if (clock.instant().isAfter(job.ended().plus(kept))) {
            throw Problem.GONE.refused("The export is not kept any more");
        }
        var reply = switch (read(job, range(call.fetch()))) {
            case GetOutcome.Found found -> file(call, job, found);
            case GetOutcome.RangeRefused(var size) -> StreamReply.of(416).with("Content-Range", "bytes */" + size);
            case GetOutcome other -> throw Problem.EXPORT_NOT_FOUND.refused();
        };
        return reply.with("Cache-Control", "no-store");
    }

    /** Parameters of an export: whoever gets the file must be able to read all that whoever orders it may. */
    public static ObjectNode readable(Grant grant, NamespaceTitle title) {
        var parameters = Json.object();
        var parts = parameters.putArray(PARTS);
        grant.prefixes(Action.KV_GET, title.text()).stream()
                .map(prefix -> prefix.bytes().toHex())
                .sorted()
                .forEach(parts::add);
        return parameters;
    }

    /** Whoever has lost the right to some of the keys since does not get them out of a file either. */
    private boolean readable(Grant grant, Job job) {
        var parts = JobParameters.own(job).path(PARTS);
        var hexes = new ArrayList<String>();
        parts.forEach(part -> hexes.add(part.asText()));
        if (parts.isMissingNode()) {
            hexes.add("");
        }
        return storage.resources(grant)
                .find(new NamespaceId(job.order().namespace()))
                .filter(namespace -> hexes.stream()
                        .map(hex -> new ResourceName(namespace.title().text(), Bytes.parseHex(hex)))
                        .allMatch(part -> grant.permits(Action.KV_GET, part)))
                .isPresent();
    }

    private GetOutcome read(Job job, @Nullable ByteRange range) {
        var outcome = new AtomicReference<GetOutcome>(new GetOutcome.Missing());
        access.under((system, files) -> outcome.set(files.objects(system, JobFiles.BUCKET)
                .get(
                        ObjectRef.current(JobFiles.export(job.id())),
                        range == null ? ReadOptions.WHOLE : ReadOptions.of(range))));
        return outcome.get();
    }

    private StreamReply file(Call call, Job job, GetOutcome.Found found) {
        var format = ExportFormat.named(JobParameters.own(job).path("format").asText())
                .orElseThrow(Problem.EXPORT_NOT_FOUND::refused);
        var etag = "\"" + found.info().etag() + "\"";
        var known = call.fetch().headers().only("if-none-match");
        if (known.isPresent() && (known.get().equals("*") || known.get().contains(etag))) {
            found.content().close();
            return StreamReply.of(304).with("ETag", etag);
        }
        var slice = found.slice();
        var whole = slice.length() == found.info().size();
        var reply = StreamReply.of(whole ? 200 : 206)
                .with("Content-Type", format.contentType())
                .with("Content-Disposition", "attachment; filename=\"" + name(call.grant(), job, format) + "\"")
                .with("Accept-Ranges", "bytes")
                .with("ETag", etag)
                .with(found.content())
                .ofLength(slice.length());
        return whole
                ? reply
                : reply.with(
                        "Content-Range",
                        "bytes " + slice.offset() + "-" + (slice.offset() + slice.length() - 1) + "/"
                                + found.info().size());
    }

    /** As section 4 has it; of the title only what every file system and header takes. */
    private String name(Grant grant, Job job, ExportFormat format) {
        var title = storage.resources(grant)
                .find(new NamespaceId(job.order().namespace()))
                .map(namespace -> namespace.title().text())
                .orElse("namespace")
                .replaceAll("[^A-Za-z0-9._-]", "_");
        var most = 100;
        return (title.length() > most ? title.substring(0, most) : title) + "-" + STAMP.format(job.ended()) + "."
                + format.text();
    }

    /** Null for the whole file: also where the range is none that we know, and where it is about another version of the file. */
    private static @Nullable ByteRange range(Fetch fetch) {
        var sent = fetch.headers().only("range");
        if (sent.isEmpty() || fetch.headers().has("if-range")) {
            return null;
        }
        var matched = RANGE.matcher(sent.get().strip());
        if (!matched.matches()) {
            return null;
        }
        return range(matched.group(1), matched.group(2)).orElse(null);
    }

    private static Optional<ByteRange> range(String first, String last) {
        try {
            if (first.isEmpty()) {
                return last.isEmpty() ? Optional.empty() : Optional.of(new ByteRange.Last(Long.parseLong(last)));
            }
            return Optional.of(
                    last.isEmpty()
                            ? new ByteRange.From(Long.parseLong(first))
                            : new ByteRange.Between(Long.parseLong(first), Long.parseLong(last)));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }
}
