package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Job;
import io.triport.manager.backup.BackupPath;
import io.triport.manager.backup.BackupStore;
import io.triport.manager.backup.BackupVerdict;
import io.triport.manager.job.JobFailed;
import io.triport.manager.job.JobFiles;
import io.triport.manager.job.JobKind;
import io.triport.manager.job.JobParameters;
import io.triport.manager.job.JobWork;
import io.triport.manager.job.JobWorks;
import io.triport.manager.transfer.ContentStream;
import io.triport.manager.transfer.ExportFormat;
import io.triport.manager.transfer.ImportSpool;
import io.triport.manager.transfer.ImportSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Opens the works of jobs that are about keys, from what their rows say. */
public final class BulkWorks implements JobWorks {
    private final ImportSpool spool;
    private final Clock clock;

    public BulkWorks(ImportSpool spool, Clock clock) {
        this.spool = spool;
        this.clock = clock;
    }

    @Override
    public JobWork open(Job job, Means means, JsonNode position) {
        var kind = JobKind.of(job.order().operation())
                .orElseThrow(() -> new JobFailed("unknown_operation", "Nobody knows how to do this job"));
        var parameters = JobParameters.own(job);
        var user = job.order().user();
        return switch (kind) {
            case BULK_DELETE -> bulk(job, means, parameters, position, new DeleteKeys(user, clock));
            case BULK_COPY -> {
                var target = parameters.path("target_namespace_id").asText();
                yield bulk(job, means, parameters, position, new MoveKeys(target, Set.of(), user, clock));
            }
            case BULK_TTL -> {
                var seconds = parameters.path("expiration_ttl").asLong();
                yield bulk(job, means, parameters, position, new ExpireKeys(Expiry.after(Duration.ofSeconds(seconds))));
            }
            case BULK_TAG -> {
                var mode = TagKeys.Mode.valueOf(
                        parameters.path("operation").asText().toUpperCase(Locale.ROOT));
                yield bulk(
                        job,
                        means,
                        parameters,
                        position,
                        new TagKeys(mode, Tags.parse(parameters.path("tags"), "tags")));
            }
            case EXPORT -> exported(job, means, parameters, position);
            case IMPORT -> imported(job, means, parameters, position);
            case R2_BACKUP, R2_BATCH_BACKUP ->
                staged(parameters, position, (stage, inner, done) -> written(means, user, stage, inner, done));
            case R2_RESTORE, R2_BATCH_RESTORE ->
                staged(parameters, position, (stage, inner, done) -> restored(means, user, stage, inner));
            case R2_COPY ->
                new ObjectCopyWork(
                        means,
                        job.order().namespace(),
                        parameters.path("prefix").asText(),
                        source(job, means, parameters, position));
            case MIGRATE -> migrated(job, means, parameters, position);
        };
    }

    /** Opens one work of several. */
    @FunctionalInterface
    private interface Opening {
        JobWork open(JsonNode stage, JsonNode position, long done);
    }

    private static JobWork staged(JsonNode parameters, JsonNode position, Opening opening) {
        var stages = parameters.path("stages");
        return new StagedWork(
                new StagedWork.Stages() {
                    @Override
                    public int count() {
                        return stages.size();
                    }

                    @Override
                    public JobWork open(int stage, JsonNode inner, long done) {
                        return opening.open(stages.path(stage), inner, done);
                    }
                },
                position);
    }

    private JobWork written(Means means, String user, JsonNode stage, JsonNode position, long done) {
        return written(means, user, BackupPath.parse(stage.path("path").asText()), position, done);
    }

    private JobWork written(Means means, String user, BackupPath path, JsonNode position, long done) {
        var file = new ExportFile(files(means.storage(), means.system()), path.key(), position);
        var export = new ExportWork(means, path.namespace(), file, path.format(), position, done, clock);
        return new BackupWork(means, path, user, export, clock);
    }

    private JobWork restored(Means means, String user, JsonNode stage, JsonNode position) {
        var bucket = files(means.storage(), means.system());
        var path = BackupPath.parse(stage.path("path").asText());
        requireSound(new BackupStore(bucket), path, position);
        var order = new ImportWork.Order(
                () -> spool.open(bucket, path.key()),
                new ImportSummary("", 0, Bytes.EMPTY, 0, Bytes.EMPTY),
                ImportWork.Collision.OVERWRITE,
                Set.of(),
                user);
        return new ImportWork(means, stage.path("namespace").asText(), order, position, clock);
    }

    /** Nothing of a backup is written before all of it was read; one that goes on was read when it began. */
    private static void requireSound(BackupStore backups, BackupPath path, JsonNode position) {
        if (!position.has("at") && backups.verify(path) instanceof BackupVerdict.Changed) {
            throw new JobFailed("backup_changed", "The backup is not what was written; nothing was restored");
        }
    }

    private JobWork migrated(Job job, Means means, JsonNode parameters, JsonNode position) {
        var leaving = EnumSet.noneOf(MoveKeys.Leaving.class);
        if (parameters.path("cutover").asText().equals("copy_delete")) {
            leaving.add(MoveKeys.Leaving.ORIGINALS);
        }
        if (!parameters.path("migrate_metadata").asBoolean()) {
            leaving.add(MoveKeys.Leaving.METADATA);
        }
        if (!parameters.path("preserve_ttl").asBoolean()) {
            leaving.add(MoveKeys.Leaving.EXPIRY);
        }
        var target = parameters.path("target_namespace_id").asText();
        var change = new MoveKeys(target, leaving, job.order().user(), clock);
        var works = new ArrayList<Opening>();
        if (parameters.has("backup")) {
            var path = BackupPath.parse(parameters.get("backup").asText());
            works.add((stage, inner, done) -> written(means, job.order().user(), path, inner, done));
        }
        works.add((stage, inner, done) -> bulk(job, means, parameters, inner, change));
        return new StagedWork(
                new StagedWork.Stages() {
                    @Override
                    public int count() {
                        return works.size();
                    }

                    @Override
                    public JobWork open(int stage, JsonNode inner, long done) {
                        return works.get(stage).open(parameters, inner, done);
                    }
                },
                position);
    }

    private JobWork bulk(Job job, Means means, JsonNode parameters, JsonNode position, KeyChange change) {
        return new BulkWork(means, job.order().namespace(), source(job, means, parameters, position), change);
    }

    private static KeySource source(Job job, Means means, JsonNode parameters, JsonNode position) {
        return parameters.has("filter")
                ? new WalkedKeys(
                        Space.of(means.storage(), means.person(), job.order().namespace()),
                        KeySelection.parse(parameters.get("filter")),
                        position)
                : new ListedKeys(open(means, JobFiles.keys(file(job, parameters))), position);
    }

    private JobWork exported(Job job, Means means, JsonNode parameters, JsonNode position) {
        var format = ExportFormat.named(parameters.path("format").asText())
                .orElseThrow(() -> new JobFailed("invalid_argument", "The format is not known"));
        var file = new ExportFile(files(means.storage(), means.system()), JobFiles.export(job.id()), position);
        return new ExportWork(
                means,
                job.order().namespace(),
                file,
                format,
                position,
                job.progress().processed(),
                clock);
    }

    private JobWork imported(Job job, Means means, JsonNode parameters, JsonNode position) {
        var file = file(job, parameters);
        var bucket = files(means.storage(), means.system());
        var duplicates = parameters.path("duplicates").asInt();
        var replaced = duplicates == 0 ? Bytes.EMPTY : read(means, JobFiles.replaced(file));
        var only = new LinkedHashSet<String>();
        parameters.path("only").forEach(name -> only.add(name.asText()));
        var order = new ImportWork.Order(
                () -> spool.open(bucket, JobFiles.body(file)),
                new ImportSummary("", 0, replaced, duplicates, Bytes.EMPTY),
                ImportWork.Collision.valueOf(
                        parameters.path("collision").asText().toUpperCase(Locale.ROOT)),
                only,
                job.order().user());
        return new ImportWork(means, job.order().namespace(), order, position, clock);
    }

    static ObjectStore files(Storage storage, Grant system) {
        return storage.objects(system, JobFiles.BUCKET);
    }

    /** Whose files the job reads: those of the job that it repeats, where it repeats one. */
    private static String file(Job job, JsonNode parameters) {
        return parameters.path("file").asText(job.id().text());
    }

    private static ContentStream open(Means means, ObjectKey key) {
        if (files(means.storage(), means.system()).get(ObjectRef.current(key), ReadOptions.WHOLE)
                instanceof GetOutcome.Found found) {
            return new ContentStream(found.content());
        }
        throw new JobFailed("interrupted", "What the job was about is not kept any more");
    }

    private static Bytes read(Means means, ObjectKey key) {
        try (var stream = open(means, key)) {
            return Bytes.copyOf(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
