package dev.pushwire;

import dev.pushwire.api.ApiErrors;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every error of the service looks like those of the API, also on paths that do not exist. */
@RestControllerAdvice
final class ServiceErrors extends ApiErrors {}
