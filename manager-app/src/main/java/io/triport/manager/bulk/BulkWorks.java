package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
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
import io.triport.manager.key.Keeping;
import io.triport.manager.key.KeyUnits;
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
import java.util.Optional;
import java.util.Set;

/** Opens the works of jobs that are about keys, from what their rows say. */
public final class BulkWorks implements JobWorks {
    private final ImportSpool spool;
    private final KeyUnits units;
    private final Clock clock;

    public BulkWorks(ImportSpool spool, KeyUnits units, Clock clock) {
        this.spool = spool;
        this.units = units;
        this.clock = clock;
    }

    @Override
    public JobWork open(Job job, Means means, JsonNode position) {
        var kind = JobKind.of(job.order().operation())
                .orElseThrow(() -> new JobFailed("unknown_operation", "Nobody knows how to do this job"));
        var parameters = JobParameters.own(job);
        var reach = Reach.of(units, means.person(), job);
        return switch (kind) {
            case BULK_DELETE -> bulk(job, means, parameters, position, new DeleteKeys(Keeping.VERSIONS));
            case BULK_COPY -> {
                var target = parameters.path("target_namespace_id").asText();
                yield bulk(job, means, parameters, position, new MoveKeys(target, Set.of(), reach));
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
                staged(parameters, position, (stage, inner, done) -> written(means, reach, stage, inner, done));
            case R2_RESTORE, R2_BATCH_RESTORE ->
                staged(parameters, position, (stage, inner, done) -> restored(means, reach, stage, inner));
            case R2_COPY ->
                new ObjectCopyWork(
                        means,
                        reach,
                        job.order().namespace(),
                        parameters.path("prefix").asText(),
                        source(job, means, parameters, position));
            case MIGRATE -> migrated(job, means, parameters, position);
            case RETENTION -> new RetentionWork(means, RetentionWork.Rules.read(parameters), position, clock);
            case INDEX_CHECK ->
                new IndexCheckWork(means.storage(), reach, job.order().namespace(), position);
            case VALUE_SEARCH -> {
                var file = new ExportFile(files(means.storage(), means.system()), JobFiles.found(job.id()), position);
                var counted = job.progress().processed();
                var order = ValueSearchRoutes.ordered(parameters);
                yield new ValueSearchWork(means.storage(), reach, order, file, position, counted);
            }
        };
    }

    @Override
    public boolean here(Job job, Grant system, Storage storage) {
        return input(job)
                .map(file -> files(storage, system).head(ObjectRef.current(file)) instanceof HeadOutcome.Found)
                .orElse(true);
    }

    /** The file without which a job cannot begin. */
    private static Optional<ObjectKey> input(Job job) {
        var parameters = JobParameters.own(job);
        var file = file(job, parameters);
        return JobKind.of(job.order().operation()).flatMap(kind -> switch (kind) {
            case IMPORT -> Optional.of(JobFiles.body(file));
            case BULK_DELETE, BULK_COPY, BULK_TTL, BULK_TAG, R2_COPY, MIGRATE ->
                parameters.has("filter") ? Optional.empty() : Optional.of(JobFiles.keys(file));
            case EXPORT,
                    R2_BACKUP,
                    R2_BATCH_BACKUP,
                    R2_RESTORE,
                    R2_BATCH_RESTORE,
                    RETENTION,
                    INDEX_CHECK,
                    VALUE_SEARCH -> Optional.empty();
        });
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

    private JobWork written(Means means, Reach reach, JsonNode stage, JsonNode position, long done) {
        return written(means, reach, BackupPath.parse(stage.path("path").asText()), position, done);
    }

    private JobWork written(Means means, Reach reach, BackupPath path, JsonNode position, long done) {
        var file = new ExportFile(files(means.storage(), means.system()), path.key(), position);
        var export = new ExportWork(
                () -> reach.reading(means.storage(), path.namespace()), file, path.format(), position, done, clock);
        return new BackupWork(means, path, reach.by().user(), export, clock);
    }

    private JobWork restored(Means means, Reach reach, JsonNode stage, JsonNode position) {
        var bucket = files(means.storage(), means.system());
        var path = BackupPath.parse(stage.path("path").asText());
        requireSound(new BackupStore(bucket), path, position);
        var order = new ImportWork.Order(
                () -> spool.open(bucket, path.key()),
                new ImportSummary("", 0, Bytes.EMPTY, 0),
                ImportWork.Collision.OVERWRITE,
                Set.of());
        return new ImportWork(means.storage(), reach, stage.path("namespace").asText(), order, position, clock);
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
        var change = new MoveKeys(target, leaving, Reach.of(units, means.person(), job));
        var works = new ArrayList<Opening>();
        if (parameters.has("backup")) {
            var path = BackupPath.parse(parameters.get("backup").asText());
            works.add((stage, inner, done) -> written(means, Reach.of(units, means.person(), job), path, inner, done));
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
        var source = source(job, means, parameters, position);
        var reach = Reach.of(units, means.person(), job);
        return new BulkWork(means.storage(), reach, job.order().namespace(), source, change);
    }

    private KeySource source(Job job, Means means, JsonNode parameters, JsonNode position) {
        if (!parameters.has("filter")) {
            return new ListedKeys(open(means, JobFiles.keys(file(job, parameters))), position);
        }
        return new WalkedKeys(
                Reach.of(units, means.person(), job)
                        .reading(means.storage(), job.order().namespace()),
                KeySelection.parse(parameters.get("filter")),
                position);
    }

    private JobWork exported(Job job, Means means, JsonNode parameters, JsonNode position) {
        var format = ExportFormat.named(parameters.path("format").asText())
                .orElseThrow(() -> new JobFailed("invalid_argument", "The format is not known"));
        var file = new ExportFile(files(means.storage(), means.system()), JobFiles.export(job.id()), position);
        var reach = Reach.of(units, means.person(), job);
        return new ExportWork(
                () -> reach.reading(means.storage(), job.order().namespace()),
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
                new ImportSummary("", 0, replaced, duplicates),
                ImportWork.Collision.valueOf(
                        parameters.path("collision").asText().toUpperCase(Locale.ROOT)),
                only);
        return new ImportWork(
                means.storage(),
                Reach.of(units, means.person(), job),
                job.order().namespace(),
                order,
                position,
                clock);
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
