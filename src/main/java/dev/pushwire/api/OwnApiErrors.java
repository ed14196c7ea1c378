package dev.pushwire.api;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers errors on the API's own paths. It stands before the advice of an application: many of these answer every
 * exception, and a refused caller would then hear that the server failed.
 */
@RestControllerAdvice(basePackageClasses = ApiErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OwnApiErrors extends ApiErrors {}
