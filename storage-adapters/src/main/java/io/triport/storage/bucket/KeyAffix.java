package io.triport.storage.bucket;

import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.CopyOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.UploadPage;
import io.triport.domain.object.UploadRef;
import io.triport.domain.request.Bytes;

/** What stands before every key of a bucket in its store: put there on the way in, taken away on the way out. */
record KeyAffix(Bytes prefix) {
    ObjectKey inside(ObjectKey key) {
        return new ObjectKey(inside(key.bytes()));
    }

    Bytes inside(Bytes text) {
        return prefix.concat(text);
    }

    ObjectRef inside(ObjectRef object) {
        return new ObjectRef(inside(object.key()), object.version());
    }

    UploadRef inside(UploadRef upload) {
        return new UploadRef(inside(upload.key()), upload.id());
    }

    CopySource inside(CopySource source) {
        return new CopySource(inside(source.object()), source.conditions(), source.range());
    }

    ListStart inside(ListStart start) {
        return switch (start) {
            case ListStart.Beginning beginning -> beginning;
            case ListStart.After after -> new ListStart.After(inside(after.key()), after.version());
            case ListStart.Resumed resumed -> resumed;
        };
    }

    ObjectKey outside(ObjectKey key) {
        return new ObjectKey(outside(key.bytes()));
    }

    Bytes outside(Bytes text) {
        return text.slice(prefix.size(), text.size());
    }

    UploadRef outside(UploadRef upload) {
        return new UploadRef(outside(upload.key()), upload.id());
    }

    ObjectInfo outside(ObjectInfo info) {
        return new ObjectInfo(
                outside(info.key()),
                info.version(),
                info.etag(),
                info.size(),
                info.modified(),
                info.http(),
                info.user(),
                info.storageClass(),
                info.tags(),
                info.checksum(),
                info.parts());
    }

    HeadOutcome outside(HeadOutcome outcome) {
        return outcome instanceof HeadOutcome.Found found ? new HeadOutcome.Found(outside(found.info())) : outcome;
    }

    GetOutcome outside(GetOutcome outcome) {
        return switch (outcome) {
            case GetOutcome.Found found ->
                new GetOutcome.Found(outside(found.info()), found.slice(), found.partCount(), found.content());
            case GetOutcome.NotModified same -> new GetOutcome.NotModified(outside(same.info()));
            case GetOutcome.PreconditionFailed(var info) ->
                new GetOutcome.PreconditionFailed(info == null ? null : outside(info));
            case GetOutcome.Missing missing -> missing;
            case GetOutcome.Deleted deleted -> deleted;
            case GetOutcome.RangeRefused refused -> refused;
        };
    }

    PutOutcome outside(PutOutcome outcome) {
        return outcome instanceof PutOutcome.Stored stored ? new PutOutcome.Stored(outside(stored.info())) : outcome;
    }

    CopyOutcome outside(CopyOutcome outcome) {
        return switch (outcome) {
            case CopyOutcome.Copied copied -> new CopyOutcome.Copied(outside(copied.info()), copied.source());
            case CopyOutcome.SourceMissing missing -> missing;
            case CopyOutcome.SourceConditionFailed failed -> failed;
            case CopyOutcome.TooLarge large -> large;
            case CopyOutcome.Refused refused -> new CopyOutcome.Refused(outside(refused.why()));
        };
    }

    CompleteOutcome outside(CompleteOutcome outcome) {
        return outcome instanceof CompleteOutcome.Completed completed
                ? new CompleteOutcome.Completed(outside(completed.info()))
                : outcome;
    }

    DeleteOutcome outside(DeleteOutcome outcome) {
        var object =
                new ObjectRef(outside(outcome.object().key()), outcome.object().version());
        return switch (outcome) {
            case DeleteOutcome.Deleted deleted ->
                new DeleteOutcome.Deleted(object, deleted.version(), deleted.marker());
            case DeleteOutcome.PreconditionFailed failed -> new DeleteOutcome.PreconditionFailed(object);
            case DeleteOutcome.Missing missing -> new DeleteOutcome.Missing(object);
            case DeleteOutcome.Denied denied -> new DeleteOutcome.Denied(object);
            case DeleteOutcome.Failed failed -> new DeleteOutcome.Failed(object);
        };
    }

    Listed outside(Listed listed) {
        return switch (listed) {
            case Listed.Item item -> new Listed.Item(outside(item.info()), item.latest());
            case Listed.DeleteMarker marker ->
                new Listed.DeleteMarker(outside(marker.key()), marker.version(), marker.modified(), marker.latest());
            case Listed.CommonPrefix common -> new Listed.CommonPrefix(outside(common.prefix()));
        };
    }

    UploadPage outside(UploadPage page) {
        var next = page.next();
        return new UploadPage(
                page.entries().stream().map(this::outside).toList(),
                next == null ? null : new UploadPage.Position(outside(next.key()), next.upload()));
    }

    private UploadPage.Entry outside(UploadPage.Entry entry) {
        return switch (entry) {
            case UploadPage.Entry.Upload upload ->
                new UploadPage.Entry.Upload(outside(upload.upload()), upload.started(), upload.options());
            case UploadPage.Entry.CommonPrefix common -> new UploadPage.Entry.CommonPrefix(outside(common.prefix()));
        };
    }
}
