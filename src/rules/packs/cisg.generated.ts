// Made from packs/cisg/cisg.yaml by scripts/build-packs.mjs. Change that file, not this one.
import type { RulePack } from '../pack.js';

export const CISG: RulePack = {
 "kind": "rules",
 "pack": "cisg",
 "layer": "convention",
 "force": "default",
 "needs": [],
 "edges": [
  {
   "name": "cisg-buyer-seller",
   "creditor": "buyer",
   "debtor": "seller",
   "perJourney": false,
   "recourse": false,
   "requires": [
    {
     "op": "eq",
     "path": "creditor.consumer",
     "value": "no"
    },
    {
     "op": "eq",
     "path": "goods.sold",
     "value": "yes"
    }
   ]
  }
 ],
 "issues": [
  {
   "name": "excuse-shown",
   "asks": {
    "en": "is there something that may excuse the missing notice?",
    "zh": "是否有可以说明未通知的理由？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "prima-facie",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "fact",
     "predicate": "incident",
     "code": "force-majeure"
    }
   ],
   "reads": []
  },
  {
   "name": "hidden-fault",
   "asks": {
    "en": "was a hidden fault in the goods from the start?",
    "zh": "货物是否自始存在隐蔽的不符？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "delivery"
    },
    {
     "shows": "fact",
     "predicate": "cause",
     "code": "manufacture"
    }
   ],
   "reads": []
  },
  {
   "name": "lacking-at-first-carrier",
   "asks": {
    "en": "did the goods lack conformity when the first carrier took them?",
    "zh": "货物移交第一承运人时是否已不符合合同？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "pickup"
    }
   ],
   "reads": []
  },
  {
   "name": "lacking-at-taking-over",
   "asks": {
    "en": "did the goods lack conformity when the buyer took them over?",
    "zh": "买方接收货物时货物是否不符合合同？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "delivery"
    }
   ],
   "reads": []
  },
  {
   "name": "lacking-when-sold",
   "asks": {
    "en": "did the goods lack conformity before the leg on which they were sold?",
    "zh": "货物在其出售时所处的运输区段之前是否已不符合合同？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage",
    "leg"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "leg.start"
    }
   ],
   "reads": []
  },
  {
   "name": "notice-was-late",
   "asks": {
    "en": "was notice of the lack of conformity given too late?",
    "zh": "不符合合同的通知是否逾期？"
   },
   "pro": "seller",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [],
   "reads": []
  },
  {
   "name": "packing-inadequate",
   "asks": {
    "en": "was it the packing?",
    "zh": "是否因包装不足造成？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "fact",
     "predicate": "cause",
     "code": "packing"
    },
    {
     "shows": "fact",
     "predicate": "incident",
     "code": "packing"
    }
   ],
   "reads": []
  },
  {
   "name": "seller-was-aware",
   "asks": {
    "en": "did the seller know of it, or could it not have been unaware?",
    "zh": "卖方是否知道或者不可能不知道该不符？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "packing"
    }
   ],
   "reads": []
  },
  {
   "name": "unfit",
   "asks": {
    "en": "do the goods fail in use?",
    "zh": "货物在使用中是否失效？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "prima-facie",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "seen",
     "value": "bad"
    }
   ],
   "reads": []
  }
 ],
 "measures": [],
 "steps": [
  "measure",
  "diminish",
  "salvage",
  "share",
  "cap",
  "deduct",
  "freight",
  "interest",
  "round"
 ],
 "silent": [],
 "rules": [
  {
   "id": "CISG-35f",
   "says": {
    "en": "Whether goods are fit for their purposes is for a person, unless both signed by which method that is found.",
    "zh": "货物是否适合通常用途或者特定用途，由人判断，但双方签署了检验方法的除外。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "35(2)(a)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "35(2)(b)",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.aspect",
     "value": "function"
    },
    {
     "op": "issue",
     "issue": "unfit",
     "edge": null,
     "is": "found"
    },
    {
     "op": "not",
     "of": {
      "op": "agreed",
      "term": "methodFinality"
     }
    },
    {
     "op": "any",
     "of": [
      {
       "op": "eq",
       "path": "damage.kind",
       "value": "latent"
      },
      {
       "op": "issue",
       "issue": "lacking-at-first-carrier",
       "edge": null,
       "is": "found"
      },
      {
       "op": "all",
       "of": [
        {
         "op": "not",
         "of": {
          "op": "some",
          "over": "leg",
          "of": {
           "op": "leg-ends",
           "boundary": "delivery"
          }
         }
        },
        {
         "op": "issue",
         "issue": "lacking-at-taking-over",
         "edge": null,
         "is": "found"
        }
       ]
      }
     ]
    }
   ],
   "unless": [
    {
     "op": "all",
     "of": [
      {
       "op": "eq",
       "path": "damage.kind",
       "value": "latent"
      },
      {
       "op": "issue",
       "issue": "hidden-fault",
       "edge": null,
       "is": "found"
      }
     ]
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "refer",
    "edge": "cisg-buyer-seller",
    "head": null,
    "because": "discretion"
   }
  },
  {
   "id": "CISG-36",
   "says": {
    "en": "A hidden fault that was in the goods when risk passed is the seller's, though it shows only later.",
    "zh": "风险移转时已存在的隐蔽不符，即使事后才显现，仍由卖方负责。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "35(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "36(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "74",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.kind",
     "value": "latent"
    },
    {
     "op": "issue",
     "issue": "hidden-fault",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "cisg-buyer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CISG-36b",
   "says": {
    "en": "Harm by heat or cold on the way, where the seller had undertaken to pass a warning on and shows no leg kept within limits, is the seller's.",
    "zh": "卖方承诺转告温度要求，而未能证明各区段温度保持在限度之内的，途中受热或者受冷造成的损害由卖方负责。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "36(2)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "66",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "74",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "in",
     "path": "damage.kind",
     "values": [
      "cold",
      "heat"
     ]
    },
    {
     "op": "undertaken",
     "what": "notify",
     "by": "seller"
    },
    {
     "op": "issue",
     "issue": "lacking-at-taking-over",
     "edge": null,
     "is": "found"
    },
    {
     "op": "some",
     "over": "leg",
     "of": {
      "op": "not",
      "of": {
       "op": "shown",
       "of": {
        "op": "covered",
        "quantity": "temperature"
       },
       "by": "seller"
      }
     }
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "cisg-buyer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CISG-36c",
   "says": {
    "en": "Goods to be carried: the seller answers for what was wrong when the first carrier took them.",
    "zh": "合同涉及货物运输的，卖方对货物移交第一承运人时已存在的不符负责。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "35(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "36(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "67(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "74",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "lacking-at-first-carrier",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "cisg-buyer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CISG-39",
   "says": {
    "en": "No notice in time: the buyer cannot rely on the lack of conformity, unless the seller knew of it.",
    "zh": "买方未按时通知的，丧失声称货物不符合合同的权利，但卖方知道或者不可能不知道该不符的除外。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "39(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "39(2)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "40",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "notice-was-late",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [
    {
     "op": "all",
     "of": [
      {
       "op": "issue",
       "issue": "excuse-shown",
       "edge": null,
       "is": "found"
      },
      {
       "op": "not",
       "of": {
        "op": "elapsed",
        "event": "event.notified",
        "period": {
         "count": 2,
         "unit": "years"
        },
        "after": "event.received"
       }
      }
     ]
    }
   ],
   "unlessProven": [
    {
     "by": "buyer",
     "issue": "seller-was-aware",
     "standard": "high",
     "someLeg": false,
     "from": null
    }
   ],
   "effect": {
    "kind": "bar",
    "edge": "cisg-buyer-seller",
    "head": null
   }
  },
  {
   "id": "CISG-39a",
   "says": {
    "en": "Notice after the days that both sides signed is late.",
    "zh": "超过双方签署的天数通知的，为逾期。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "6",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "39(1)",
     "verified": true
    }
   ],
   "status": "contract",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "contract",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "notice-late"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "argue",
    "issue": "notice-was-late",
    "side": "pro",
    "gradeFrom": [
     "agreed.noticeDays"
    ]
   }
  },
  {
   "id": "CISG-39g",
   "says": {
    "en": "Notice after two years and within the days that both signed: whether these are a guarantee is for a person.",
    "zh": "两年之后、双方签署的天数之内通知的，该天数是否为合同规定的保证期限，由人判断。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "39(2)",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "agreed",
     "term": "noticeDays"
    },
    {
     "op": "elapsed",
     "event": "event.notified",
     "period": {
      "count": 2,
      "unit": "years"
     },
     "after": "event.received"
    },
    {
     "op": "not",
     "of": {
      "op": "notice-late"
     }
    }
   ],
   "unless": [
    {
     "op": "issue",
     "issue": "seller-was-aware",
     "edge": null,
     "is": "found"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "refer",
    "edge": "cisg-buyer-seller",
    "head": null,
    "because": "discretion"
   }
  },
  {
   "id": "CISG-39t",
   "says": {
    "en": "Where no days are agreed notice is due in a reasonable time after the goods could be examined, which a person has to judge.",
    "zh": "未约定天数的，应当在可以检验货物后的合理时间内通知；是否合理，由人判断。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "38(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "38(2)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "39(1)",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "not",
     "of": {
      "op": "agreed",
      "term": "noticeDays"
     }
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "notice-was-late",
      "edge": null,
      "is": "not-raised"
     }
    },
    {
     "op": "any",
     "of": [
      {
       "op": "issue",
       "issue": "lacking-at-first-carrier",
       "edge": null,
       "is": "found"
      },
      {
       "op": "all",
       "of": [
        {
         "op": "issue",
         "issue": "lacking-at-taking-over",
         "edge": null,
         "is": "found"
        },
        {
         "op": "any",
         "of": [
          {
           "op": "not",
           "of": {
            "op": "some",
            "over": "leg",
            "of": {
             "op": "leg-ends",
             "boundary": "delivery"
            }
           }
          },
          {
           "op": "some",
           "over": "leg",
           "of": {
            "op": "during",
            "event": "event.sold"
           }
          },
          {
           "op": "undertaken",
           "what": "notify",
           "by": "seller"
          }
         ]
        }
       ]
      },
      {
       "op": "all",
       "of": [
        {
         "op": "eq",
         "path": "damage.kind",
         "value": "latent"
        },
        {
         "op": "issue",
         "issue": "hidden-fault",
         "edge": null,
         "is": "found"
        }
       ]
      },
      {
       "op": "issue",
       "issue": "packing-inadequate",
       "edge": null,
       "is": "found"
      }
     ]
    }
   ],
   "unless": [
    {
     "op": "elapsed",
     "event": "event.notified",
     "period": {
      "count": 2,
      "unit": "years"
     },
     "after": "event.received"
    },
    {
     "op": "issue",
     "issue": "seller-was-aware",
     "edge": null,
     "is": "found"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "refer",
    "edge": "cisg-buyer-seller",
    "head": null,
    "because": "reasonable-time"
   }
  },
  {
   "id": "CISG-39y",
   "says": {
    "en": "No notice within two years of the goods being handed over is too late in any case.",
    "zh": "自货物实际交付买方之日起两年内未通知的，无论如何均为逾期。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "39(2)",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "elapsed",
     "event": "event.notified",
     "period": {
      "count": 2,
      "unit": "years"
     },
     "after": "event.received"
    }
   ],
   "unless": [
    {
     "op": "agreed",
     "term": "noticeDays"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "presume",
    "issue": "notice-was-late",
    "is": "found",
    "rebut": "conclusive",
    "weight": 0,
    "standard": null
   }
  },
  {
   "id": "CISG-44",
   "says": {
    "en": "Late, and a record tells of something that may excuse it: whether it does, and what is then left to claim, is for a person.",
    "zh": "逾期通知而有记录可以说明理由的，理由是否合理、尚可请求什么，由人判断。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "44",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "notice-was-late",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "excuse-shown",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [
    {
     "op": "issue",
     "issue": "seller-was-aware",
     "edge": null,
     "is": "found"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "refer",
    "edge": "cisg-buyer-seller",
    "head": null,
    "because": "discretion"
   }
  },
  {
   "id": "CISG-46",
   "says": {
    "en": "Repair, substitute goods and giving back the contract hang on what is reasonable or fundamental: a person decides.",
    "zh": "修理、交付替代货物、宣告合同无效取决于是否合理、是否构成根本违反合同：由人判断。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "46(2)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "46(3)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "49(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "70",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "any",
     "of": [
      {
       "op": "shown",
       "of": {
        "op": "amount",
        "head": "repair",
        "compare": "ge",
        "amountMinor": 0
       },
       "by": "buyer"
      },
      {
       "op": "shown",
       "of": {
        "op": "amount",
        "head": "replacement",
        "compare": "ge",
        "amountMinor": 0
       },
       "by": "buyer"
      },
      {
       "op": "shown",
       "of": {
        "op": "amount",
        "head": "refund",
        "compare": "ge",
        "amountMinor": 0
       },
       "by": "buyer"
      }
     ]
    },
    {
     "op": "any",
     "of": [
      {
       "op": "issue",
       "issue": "lacking-at-first-carrier",
       "edge": null,
       "is": "found"
      },
      {
       "op": "all",
       "of": [
        {
         "op": "issue",
         "issue": "lacking-at-taking-over",
         "edge": null,
         "is": "found"
        },
        {
         "op": "any",
         "of": [
          {
           "op": "not",
           "of": {
            "op": "some",
            "over": "leg",
            "of": {
             "op": "leg-ends",
             "boundary": "delivery"
            }
           }
          },
          {
           "op": "some",
           "over": "leg",
           "of": {
            "op": "during",
            "event": "event.sold"
           }
          },
          {
           "op": "undertaken",
           "what": "notify",
           "by": "seller"
          }
         ]
        }
       ]
      },
      {
       "op": "all",
       "of": [
        {
         "op": "eq",
         "path": "damage.kind",
         "value": "latent"
        },
        {
         "op": "issue",
         "issue": "hidden-fault",
         "edge": null,
         "is": "found"
        }
       ]
      },
      {
       "op": "issue",
       "issue": "packing-inadequate",
       "edge": null,
       "is": "found"
      }
     ]
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "refer",
    "edge": "cisg-buyer-seller",
    "head": null,
    "because": "discretion"
   }
  },
  {
   "id": "CISG-50",
   "says": {
    "en": "Goods that did not conform when the first carrier took them: the buyer may reduce the price.",
    "zh": "货物移交第一承运人时不符合合同的，买方可以减低价格。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "50",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "51(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "67(1)",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "lacking-at-first-carrier",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "cisg-buyer-seller",
    "as": "principal",
    "head": "price-reduction",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CISG-50b",
   "says": {
    "en": "Goods harmed by heat or cold against what the seller had undertaken: the buyer may reduce the price.",
    "zh": "违反卖方承诺，货物受热或者受冷受损的，买方可以减低价格。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "50",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "51(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "36(2)",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "in",
     "path": "damage.kind",
     "values": [
      "cold",
      "heat"
     ]
    },
    {
     "op": "undertaken",
     "what": "notify",
     "by": "seller"
    },
    {
     "op": "issue",
     "issue": "lacking-at-taking-over",
     "edge": null,
     "is": "found"
    },
    {
     "op": "some",
     "over": "leg",
     "of": {
      "op": "not",
      "of": {
       "op": "shown",
       "of": {
        "op": "covered",
        "quantity": "temperature"
       },
       "by": "seller"
      }
     }
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "cisg-buyer-seller",
    "as": "principal",
    "head": "price-reduction",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CISG-50h",
   "says": {
    "en": "Goods with a hidden fault from the start: the buyer may reduce the price.",
    "zh": "货物自始存在隐蔽不符的，买方可以减低价格。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "50",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "51(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "36(1)",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.kind",
     "value": "latent"
    },
    {
     "op": "issue",
     "issue": "hidden-fault",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "cisg-buyer-seller",
    "as": "principal",
    "head": "price-reduction",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CISG-50p",
   "says": {
    "en": "Goods harmed for want of packing: the buyer may reduce the price.",
    "zh": "因包装不足而受损的货物，买方可以减低价格。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "50",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "51(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "35(2)(d)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "36(1)",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "packing-inadequate",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "cisg-buyer-seller",
    "as": "principal",
    "head": "price-reduction",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CISG-50s",
   "says": {
    "en": "Goods that did not conform before the leg on which they were sold: the buyer may reduce the price.",
    "zh": "运输途中出售的货物，在出售时所处运输区段之前已不符合合同的，买方可以减低价格。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "50",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "51(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "68",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "during",
     "event": "event.sold"
    },
    {
     "op": "issue",
     "issue": "lacking-when-sold",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "cisg-buyer-seller",
    "as": "principal",
    "head": "price-reduction",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CISG-50t",
   "says": {
    "en": "Goods that did not conform when the buyer took them over from the seller: the buyer may reduce the price.",
    "zh": "买方自卖方处接收货物时货物不符合合同的，买方可以减低价格。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "50",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "51(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "69(1)",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "not",
     "of": {
      "op": "some",
      "over": "leg",
      "of": {
       "op": "leg-ends",
       "boundary": "delivery"
      }
     }
    },
    {
     "op": "issue",
     "issue": "lacking-at-taking-over",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "cisg-buyer-seller",
    "as": "principal",
    "head": "price-reduction",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CISG-66p",
   "says": {
    "en": "Harm that comes of inadequate packing is the seller's, wherever it happened: the packing was wrong when risk passed.",
    "zh": "因包装不足造成的损害，无论发生于何处，均由卖方负责：风险移转时包装即已不符。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "35(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "35(2)(d)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "36(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "66",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "74",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "packing-inadequate",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "cisg-buyer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CISG-67p",
   "says": {
    "en": "A point at which risk passes is agreed, and the goods were sound at the first carrier and not at delivery: a person places the harm.",
    "zh": "约定了风险转移点，货物移交第一承运人时不能证明不符、而接收时不符的，由人判断损害发生于转移之前或者之后。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "6",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "67(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "69(2)",
     "verified": true
    }
   ],
   "status": "contract",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "agreed",
     "term": "riskPoint"
    },
    {
     "op": "some",
     "over": "leg",
     "of": {
      "op": "leg-ends",
      "boundary": "delivery"
     }
    },
    {
     "op": "issue",
     "issue": "lacking-at-taking-over",
     "edge": null,
     "is": "found"
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "lacking-at-first-carrier",
      "edge": null,
      "is": "found"
     }
    }
   ],
   "unless": [
    {
     "op": "issue",
     "issue": "packing-inadequate",
     "edge": null,
     "is": "found"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "refer",
    "edge": "cisg-buyer-seller",
    "head": null,
    "because": "discretion"
   }
  },
  {
   "id": "CISG-68",
   "says": {
    "en": "Sold while on the way: the seller answers for what was wrong before the leg on which they were sold.",
    "zh": "运输途中出售的货物，卖方对出售时所处运输区段开始之前已存在的不符负责。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "36(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "68",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "74",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "during",
     "event": "event.sold"
    },
    {
     "op": "issue",
     "issue": "lacking-when-sold",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "cisg-buyer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CISG-68r",
   "says": {
    "en": "Sold while on the way and harmed on it: whether before or after the sale, and whose risk it then was, is for a person.",
    "zh": "运输途中出售且在途中受损的，损害发生于出售之前或者之后、风险由谁承担，由人判断。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "68",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "some",
     "over": "leg",
     "of": {
      "op": "during",
      "event": "event.sold"
     }
    },
    {
     "op": "issue",
     "issue": "lacking-at-taking-over",
     "edge": null,
     "is": "found"
    },
    {
     "op": "not",
     "of": {
      "op": "some",
      "over": "leg",
      "of": {
       "op": "all",
       "of": [
        {
         "op": "during",
         "event": "event.sold"
        },
        {
         "op": "issue",
         "issue": "lacking-when-sold",
         "edge": null,
         "is": "found"
        }
       ]
      }
     }
    }
   ],
   "unless": [
    {
     "op": "issue",
     "issue": "packing-inadequate",
     "edge": null,
     "is": "found"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "refer",
    "edge": "cisg-buyer-seller",
    "head": null,
    "because": "discretion"
   }
  },
  {
   "id": "CISG-69",
   "says": {
    "en": "Goods that no carrier brings: the seller answers for what was wrong when the buyer took them over.",
    "zh": "不涉及承运人的，卖方对买方接收货物时已存在的不符负责。"
   },
   "cite": [
    {
     "source": "un.cisg",
     "article": "35(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "36(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "69(1)",
     "verified": true
    },
    {
     "source": "un.cisg",
     "article": "74",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "1988-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "convention",
   "force": "default",
   "overrides": [],
   "claims": [
    "cisg-buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "not",
     "of": {
      "op": "some",
      "over": "leg",
      "of": {
       "op": "leg-ends",
       "boundary": "delivery"
      }
     }
    },
    {
     "op": "issue",
     "issue": "lacking-at-taking-over",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "cisg-buyer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  }
 ]
};
