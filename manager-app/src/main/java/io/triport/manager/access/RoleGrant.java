package io.triport.manager.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Fields;
import io.triport.manager.document.Form;

/** Somebody has a right. @param createdAt when it was made, as text @param createdBy who made it */
public record RoleGrant(GrantSubject subject, Right right, String createdAt, String createdBy) {
    /** The kind of its documents. */
    public static final String KIND = "role-grant";

    static final Form<RoleGrant> FORM = new Form<>() {
        @Override
        public RoleGrant read(Fields fields) {
            return RoleGrant.read(fields, fields.required("created_at"), fields.required("created_by"));
        }

        @Override
        public ObjectNode write(RoleGrant grant) {
            return grant.shown();
        }
    };

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    public static RoleGrant read(Fields fields, String createdAt, String createdBy) {
        return new RoleGrant(GrantSubject.read(fields), Right.read(fields), createdAt, createdBy);
    }

    public ObjectNode shown() {
        var node = right.shown().put("created_at", createdAt).put("created_by", createdBy);
        node.set("subject", subject.shown());
        return node;
    }
}
