/* What both faces share: version, sizes, names of results. */
#include "logosw_addin.h"

uint32_t LOGOSW_CALL logosw_abi_version(void) {
  return LOGOSW_ADDIN_ABI_VERSION;
}

uint32_t LOGOSW_CALL logosw_struct_size(uint32_t which) {
  switch (which) {
    case LOGOSW_STRUCT_HOST_CONFIG: return sizeof(logosw_host_config);
    case LOGOSW_STRUCT_HOST_STATUS: return sizeof(logosw_host_status);
    case LOGOSW_STRUCT_MESSAGE: return sizeof(logosw_message);
    case LOGOSW_STRUCT_ADDIN_CONFIG: return sizeof(logosw_addin_config);
    case LOGOSW_STRUCT_HEAD: return sizeof(logosw_head);
    default: return 0;
  }
}

const char *LOGOSW_CALL logosw_result_name(int32_t result) {
  switch (result) {
    case LOGOSW_OK: return "LOGOSW_OK";
    case LOGOSW_E_ARGUMENT: return "LOGOSW_E_ARGUMENT";
    case LOGOSW_E_MEMORY: return "LOGOSW_E_MEMORY";
    case LOGOSW_E_TIMEOUT: return "LOGOSW_E_TIMEOUT";
    case LOGOSW_E_CLOSED: return "LOGOSW_E_CLOSED";
    case LOGOSW_E_PROTOCOL: return "LOGOSW_E_PROTOCOL";
    case LOGOSW_E_VERSION: return "LOGOSW_E_VERSION";
    case LOGOSW_E_TOKEN: return "LOGOSW_E_TOKEN";
    case LOGOSW_E_BUSY: return "LOGOSW_E_BUSY";
    case LOGOSW_E_TOO_LARGE: return "LOGOSW_E_TOO_LARGE";
    case LOGOSW_E_TOO_SMALL: return "LOGOSW_E_TOO_SMALL";
    case LOGOSW_E_START: return "LOGOSW_E_START";
    case LOGOSW_E_IO: return "LOGOSW_E_IO";
    case LOGOSW_E_PEER: return "LOGOSW_E_PEER";
    case LOGOSW_E_REMOTE: return "LOGOSW_E_REMOTE";
    case LOGOSW_E_CANCELLED: return "LOGOSW_E_CANCELLED";
    case LOGOSW_E_WOKEN: return "LOGOSW_E_WOKEN";
    case LOGOSW_E_HUNG: return "LOGOSW_E_HUNG";
    default: return "LOGOSW_E_?";
  }
}
