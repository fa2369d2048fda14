/**
 * What values of a namespace must look like: a JSON Schema for each pattern of names. Start reading at {@link
 * io.triport.manager.schema.Schemas}.
 */
@NullMarked
package io.triport.manager.schema;

import org.jspecify.annotations.NullMarked;
